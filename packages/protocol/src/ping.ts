import * as v from "valibot";
import { answerFields, requestOf } from "./request.ts";

/** Answered by `pong`. */
export const PingUp = requestOf({});

/** The server's own, which goes only to clients of the subprotocol. */
export const PingDown = v.object({});

export const PongDown = v.object(answerFields);
