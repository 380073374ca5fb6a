import type * as v from "valibot";
import type { Shape } from "../shape.ts";

/** All facts about one kind of entry. Every list of kinds is derived from these. */
export interface EntryDefinition {
  /** The type of the entry. */
  readonly kind: string;
  /** The payload that a client sends. */
  readonly request: v.GenericSchema<unknown, Readonly<Record<string, unknown>>>;
  /** The payload that the log stores and everybody receives. */
  readonly entry: Shape;
  /** The request's fields that the entry copies. A repeat must have the same values (SPEC D3). */
  readonly content: readonly string[];
  /** The message that the entry refers to, if its kind refers to one. */
  readonly target?: {
    /** The field that names the message by its `id`. A request without it refers to no message. */
    readonly field: string;
    /** The field of the entry that holds the message's `seq`. */
    readonly seqField: string;
    /**
     * Which messages are allowed: `any` member's (the first with this `id`), or the author's `own`.
     */
    readonly of: "any" | "own";
    /** The kinds of message that are allowed; undefined allows all. */
    readonly kinds?: readonly string[];
  };
  /**
   * The request's field that says on what condition it is accepted. The entry does not store it.
   */
  readonly condition?: string;
  /** Which rate limit of the connection it counts against. */
  readonly rate: "messages" | "signals";
}
