import type { Shape } from "../shape.ts";

/** The fields that every entry has beside those of its kind (SPEC O1, D2). */
export const entryFields = {
  id: "id",
  seq: "seq",
  /** When the server accepted it, in ms since 1970. */
  at: "number",
  from: "member",
} as const satisfies Shape;
