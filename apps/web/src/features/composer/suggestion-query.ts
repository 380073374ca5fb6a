import { unreachable } from "@parley/protocol";

/** The query at the caret: the text from `from` (in UTF-16 units) to the caret. */
export interface Query {
  readonly is: "emoji" | "person" | "command";
  readonly from: number;
  /** The text after the `:`, `@` or `/`. */
  readonly text: string;
}

/** How far before the caret the sign may be, in UTF-16 units: a name and more. */
const LOOK_BACK = 72;

/** `:smi`, but not `10:30` or `a::b`. One letter would match too much. */
const EMOJI = /(?<![\p{L}\p{N}:]):([a-z0-9_+-]{2,})$/iu;
/** `@Ada K`, up to where the name may end. */
const PERSON = /(?<![\p{L}\p{N}@])@([^\n@]*)$/u;
/** `/na` at the very beginning. */
const COMMAND = /^\/([a-z]*)$/i;

const GOES_ON = /^[\p{L}\p{N}]/u;

/** The query at the caret; undefined inside a word or code. */
export function queryAt(text: string, caret: number): Query | undefined {
  const before = text.slice(Math.max(0, caret - LOOK_BACK), caret);
  if (GOES_ON.test(text.slice(caret, caret + 2)) || isInCode(text.slice(0, caret)))
    return undefined;
  const command = caret <= LOOK_BACK ? COMMAND.exec(before)?.[1] : undefined;
  if (command !== undefined) return { is: "command", from: 0, text: command };
  const emoji = EMOJI.exec(before)?.[1];
  if (emoji !== undefined) return { is: "emoji", from: caret - emoji.length - 1, text: emoji };
  const person = PERSON.exec(before)?.[1];
  if (person === undefined) return undefined;
  return { is: "person", from: caret - person.length - 1, text: person };
}

/** A name between colons that ends at the caret, such as `:tada:`. */
export function closedEmojiAt(text: string, caret: number): Query | undefined {
  if (text.charAt(caret - 1) !== ":") return undefined;
  const open = queryAt(text.slice(0, caret - 1), caret - 1);
  return open?.is === "emoji" ? open : undefined;
}

function isInCode(before: string): boolean {
  return before.split("`").length % 2 === 0;
}

/** The state of suggestions. */
export type Asking =
  | { readonly is: "idle" }
  /** `chosen`: the index that the arrow keys moved to; undefined before the first arrow key. */
  | { readonly is: "asking"; readonly query: Query; readonly chosen?: number }
  /** Dismissed the query that begins at `from`, also if its text grows. */
  | { readonly is: "done"; readonly from: number };

/** The state after the text changed. */
export function askedFor(asking: Asking, query: Query | undefined): Asking {
  if (!query) return { is: "idle" };
  switch (asking.is) {
    case "done":
      return asking.from === query.from ? asking : { is: "asking", query };
    case "idle":
    case "asking":
      return { is: "asking", query };
    default:
      return unreachable(asking);
  }
}

/**
 * The next suggestion in a direction, wrapping from the last to the first.
 * @param chosen the present index; undefined before the first and after the last
 */
export function nextChoice(chosen: number | undefined, by: 1 | -1, count: number): number {
  if (chosen === undefined) return by === 1 ? 0 : count - 1;
  return (chosen + by + count) % count;
}
