import { unreachable } from "@parley/protocol";

/** What is being looked for at the caret: from `from` (a UTF-16 unit of the text) up to the caret. */
export interface Query {
  readonly is: "emoji" | "person" | "command";
  readonly from: number;
  /** What was typed behind the sign. */
  readonly text: string;
}

/** How far before the caret its sign may stand, in UTF-16 units: a name and more. */
const LOOK_BACK = 72;

/** `:smi`, but not `10:30` or `a::b`; one letter is too little to go by. */
const EMOJI = /(?<![\p{L}\p{N}:]):([a-z0-9_+-]{2,})$/iu;
/** `@Ada K`, as far as the name may go. */
const PERSON = /(?<![\p{L}\p{N}@])@([^\n@]*)$/u;
/** `/na` at the very beginning. */
const COMMAND = /^\/([a-z]*)$/i;

const GOES_ON = /^[\p{L}\p{N}]/u;

/** What a text looks for at its caret; nothing within a word or within code. */
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

/** Where a writer stands with suggestions. */
export type Asking =
  | { readonly is: "idle" }
  /** `chosen`: the place of the one that the arrow keys went to; before that, there is none. */
  | { readonly is: "asking"; readonly query: Query; readonly chosen?: number }
  /** Done with the query that begins at `from`, however it goes on. */
  | { readonly is: "done"; readonly from: number };

/** After the text has changed: what is looked for now, if anything. */
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
 * The next suggestion in a direction, past the last one round to the first.
 * @param chosen where one stands; undefined before the first and after the last
 */
export function nextChoice(chosen: number | undefined, by: 1 | -1, count: number): number {
  if (chosen === undefined) return by === 1 ? 0 : count - 1;
  return (chosen + by + count) % count;
}
