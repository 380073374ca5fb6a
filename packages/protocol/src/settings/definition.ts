import type * as v from "valibot";

/** Everything there is to know of a kind of setting but how its line reads (lines.ts). */
export interface SettingDefinition {
  /** The key, or, where it has a subject, what stands before the colon: `pin` of `pin:42`. */
  readonly kind: string;
  /** What the subject looks like, where the key has one. */
  readonly subject?: RegExp;
  /** What is taken for its value; `null` always is, and removes it. */
  readonly value: v.GenericSchema;
  /** Who may set it. */
  readonly setBy: "everybody";
  /** Who is told of it. */
  readonly toldTo: "everybody";
}

/** A piece of a line of the log: words, a text that somebody gave, or a message by its `seq`. */
export type LinePart = string | { readonly text: string } | { readonly message: number };

/**
 * What the line of a setting says after the name of who set it.
 * @param value null where it was removed
 * @param subject what the key has behind its colon
 */
export type SettingLine = (value: unknown, subject: string) => readonly LinePart[];
