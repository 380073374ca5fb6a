import type { LogEntry, SetFrame } from "./entries/entry-frame.ts";
import type { EntryFieldTypes } from "./member.ts";
import type { ReadWith, Shape } from "./shape.ts";

/** The type of each field of a frame from a server, by the name that shapes use. */
export interface FieldTypes extends EntryFieldTypes {
  set: SetFrame;
  entry: LogEntry;
}

/** The type that a reader returns for a shape. */
export type Read<S extends Shape> = ReadWith<S, FieldTypes>;
