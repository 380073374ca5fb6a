import { Name } from "./member.ts";
import { requestOf } from "./request.ts";
import type { Shape } from "./shape.ts";

export const RenameUp = requestOf({ name: Name });

/**
 * A member joined, left or changed their name. `count` is the number of members, oneself included
 * (SPEC P1).
 */
export const PresenceDown = { member: "member", count: "number" } as const satisfies Shape;
