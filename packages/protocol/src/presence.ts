import * as v from "valibot";
import { Member, Name } from "./member.ts";
import { requestOf } from "./request.ts";

export const RenameUp = requestOf({ name: Name });

/**
 * A member entered, left or changed their name; `count` is of members, oneself included (SPEC P1).
 */
export const PresenceDown = v.object({ member: Member, count: v.number() });
