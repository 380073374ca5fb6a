import { answerFields, requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";

/** Answered by `pong`. */
export const PingUp = requestOf({});

/** The server's own, which goes only to clients of the subprotocol. */
export const PingDown = {} as const satisfies Shape;

export const PongDown = answerFields;
