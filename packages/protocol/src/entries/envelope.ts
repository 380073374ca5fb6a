import type { Shape } from "../shape.ts";

/** What every durable frame carries beside its own fields (SPEC O1, D2). */
export const entryFields = {
  id: "id",
  seq: "seq",
  /** When the server took it, in ms since 1970. */
  at: "number",
  from: "member",
} as const satisfies Shape;
