import * as v from "valibot";
import { Member, Name } from "./member.ts";
import { requestOf } from "./request.ts";

export const RenameUp = requestOf({ name: Name });

/** Somebody came, went or took another name; `count` is of people, oneself included (SPEC P1). */
export const PresenceDown = v.object({ member: Member, count: v.number() });
