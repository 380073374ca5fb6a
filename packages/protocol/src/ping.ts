import { answerFields, requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";

/** Answered by `pong`. */
export const PingUp = requestOf({});

/** A ping from the server. Only clients of the subprotocol get it. */
export const PingDown = {} as const satisfies Shape;

export const PongDown = answerFields;
