import * as v from "valibot";
import { Member } from "./member.ts";
import { requestFields } from "./request.ts";

/** At most one every {@link TYPING_EVERY_MS} while typing. */
export const TypingUp = v.object({ ...requestFields, on: v.boolean() });

export const TypingDown = v.object({ member: Member, on: v.boolean() });
