import * as v from "valibot";
import { Member, Name } from "./member.ts";
import { requestFields } from "./request.ts";

export const RenameUp = v.object({ ...requestFields, name: Name });

/** Somebody came, went or took another name; `count` is of people, oneself included (SPEC P1). */
export const PresenceDown = v.object({ member: Member, count: v.number() });
