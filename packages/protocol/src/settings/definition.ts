import type * as v from "valibot";

/** All facts about one setting except how its line reads (lines.ts). */
export interface SettingDefinition {
  /** The key. For a key with a subject, the part before the colon: `pin` of `pin:42`. */
  readonly kind: string;
  /** The form of the subject, if the key has one. */
  readonly subject?: RegExp;
  /** The accepted values. `null` is always accepted and removes the setting. */
  readonly value: v.GenericSchema;
  /** Who may set it. */
  readonly setBy: "everybody";
  /** Who sees it, and is told of a change. */
  readonly visibleTo: "everybody";
}

/** A part of a line of the log: words, a text that a member wrote, or a message by its `seq`. */
export type LinePart = string | { readonly text: string } | { readonly message: number };

/**
 * What the line of a setting says after the author's name.
 * @param value null if the setting was removed
 * @param subject the part of the key after the colon
 */
export type SettingLine = (value: unknown, subject: string) => readonly LinePart[];
