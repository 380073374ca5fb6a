import * as v from "valibot";
import { Member } from "./member.ts";
import { requestOf } from "./request.ts";

/** At most one every {@link TYPING_EVERY_MS} while typing. */
export const TypingUp = requestOf({ on: v.boolean() });

export const TypingDown = v.object({ member: Member, on: v.boolean() });
