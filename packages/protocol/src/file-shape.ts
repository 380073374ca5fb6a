import type { PlainFieldTypes, ReadWith, Shape } from "./shape.ts";

/** A file of a message; its bytes are at `/files/ID/NAME`. Since 1.6. */
export const fileShape = {
  id: "text",
  name: "text",
  /** Its type, such as `image/png`, as its sender gave it. */
  type: "text",
  /** In bytes. */
  size: "number",
  /** Width and height of a picture or video, in px. */
  w: "number?",
  h: "number?",
  /** How long a recording lasts, in ms. */
  ms: "number?",
  /** The wave of a recording: a digit for each bar, 0 to 9. */
  peaks: "text?",
  /** The mean colour of a picture, as `#rrggbb`. */
  tint: "text?",
  /** Whether there is a thumbnail, at `/files/ID/thumb`. */
  thumb: "true?",
} as const satisfies Shape;
export type FileInfo = ReadWith<typeof fileShape, PlainFieldTypes>;
