import * as v from "valibot";
import { requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";

/** Sent at most once every {@link TYPING_EVERY_MS} while typing. */
export const TypingUp = requestOf({ on: v.boolean() });

export const TypingDown = { member: "member", on: "flag" } as const satisfies Shape;
