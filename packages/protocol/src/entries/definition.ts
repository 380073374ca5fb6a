import type * as v from "valibot";
import type { Shape } from "../shape.ts";

/** Everything there is to know of a kind of entry; what names the kinds is derived from these. */
export interface EntryDefinition {
  /** The type of the entry. */
  readonly kind: string;
  /** What a client sends. */
  readonly request: v.GenericSchema<unknown, Readonly<Record<string, unknown>>>;
  /** What everybody is sent, and the log keeps. */
  readonly entry: Shape;
  /** The fields of the request that the entry takes over: a repeat has to say the same (SPEC D3). */
  readonly content: readonly string[];
  /** The message that it speaks of, where it speaks of one. */
  readonly target?: {
    /** The field that names the message by its `id`. A request without it speaks of none. */
    readonly field: string;
    /** The field of the entry that says where the message stands. */
    readonly seqField: string;
    /** Whose message it may be: anybody's, the first with this `id`, or only one's own. */
    readonly of: "any" | "own";
    /** The kinds of message that it may be; without them, every kind. */
    readonly kinds?: readonly string[];
  };
  /** The field of the request that says when it is to be taken; the entry does not keep it. */
  readonly condition?: string;
  /** Which of a connection's permits it takes. */
  readonly rate: "messages" | "signals";
}
