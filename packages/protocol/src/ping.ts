import * as v from "valibot";
import { answerFields, requestFields } from "./request.ts";

/** Answered by `pong`. */
export const PingUp = v.object(requestFields);

/** The server's own, which goes only to clients of the subprotocol. */
export const PingDown = v.object({});

export const PongDown = v.object(answerFields);
