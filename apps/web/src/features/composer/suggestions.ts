import { unreachable, type Member } from "@parley/protocol";
import { commands, type SlashCommand } from "../shortcuts/slash-commands.ts";
import type { NamedEmoji } from "../emoji/emoji-list.ts";

/** The query at the caret: the text from `from` (in UTF-16 units) to the caret. */
interface Query {
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

/** Something that can replace a query. */
export type Suggestion =
  | { readonly is: "emoji"; readonly emoji: string; readonly name: string }
  | { readonly is: "person"; readonly member: Member }
  | { readonly is: "command"; readonly command: SlashCommand };

/** The most suggestions that are shown. */
const SHOWN_MAX = 8;

/** What suggestions are chosen from. */
interface SuggestionSources {
  /** All members but oneself. */
  readonly others: readonly Member[];
  /** Empty until it is loaded. */
  readonly emoji: readonly NamedEmoji[];
}

/** The suggestions that match a query, best first. */
export function suggestionsFor(
  query: Query,
  { others, emoji }: SuggestionSources,
): readonly Suggestion[] {
  switch (query.is) {
    case "emoji":
      return emojiFor(query.text, emoji);
    case "person":
      return peopleFor(query.text, others);
    case "command":
      return commands
        .filter(({ name }) => name.startsWith(query.text.toLowerCase()))
        .map((command) => ({ is: "command", command }));
    default:
      return unreachable(query.is);
  }
}

/**
 * Which suggestion is chosen before an arrow key is pressed: the first. Undefined if nothing was
 * typed yet, or if the typed text may be complete; then Enter sends.
 */
export function firstChoice(query: Query, suggestions: readonly Suggestion[]): number | undefined {
  const typed = plain(query.text);
  if (typed === "" || typed.endsWith(" ") || suggestions.length === 0) return undefined;
  const isWhole = suggestions.some((suggestion) => plain(nameOf(suggestion)) === typed);
  return isWhole && query.is !== "emoji" ? undefined : 0;
}

/** The text that replaces the query. */
export function textOf(suggestion: Suggestion): string {
  switch (suggestion.is) {
    case "emoji":
      return `${suggestion.emoji} `;
    case "person":
      return `@${suggestion.member.name} `;
    case "command":
      return suggestion.command.takes === ""
        ? `/${suggestion.command.name}`
        : `/${suggestion.command.name} `;
    default:
      return unreachable(suggestion);
  }
}

/** A unique key among the suggestions. */
export function keyOf(suggestion: Suggestion): string {
  return suggestion.is === "person" ? suggestion.member.id : nameOf(suggestion);
}

function nameOf(suggestion: Suggestion): string {
  switch (suggestion.is) {
    case "emoji":
      return suggestion.name;
    case "person":
      return suggestion.member.name;
    case "command":
      return suggestion.command.name;
    default:
      return unreachable(suggestion);
  }
}

/** Names that begin with the query, then names with a later word that does, then other words. */
function emojiFor(text: string, list: readonly NamedEmoji[]): readonly Suggestion[] {
  const typed = text.toLowerCase();
  const ranked = [0, 1, 2, 3].flatMap((rank) =>
    list.filter((each) => rankOf(each, typed) === rank),
  );
  return ranked.slice(0, SHOWN_MAX).map(({ emoji, name }) => ({ is: "emoji", emoji, name }));
}

function rankOf({ name, words }: NamedEmoji, typed: string): number | undefined {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  if (words.some((word) => word.startsWith(typed))) return 2;
  return name.includes(`_${typed}`) ? 3 : undefined;
}

function peopleFor(text: string, others: readonly Member[]): readonly Suggestion[] {
  const typed = plain(text);
  const begins = others.filter(({ name }) => plain(name).startsWith(typed));
  const later = others.filter(
    (member) => !begins.includes(member) && plain(member.name).includes(` ${typed}`),
  );
  return [...begins, ...later].slice(0, SHOWN_MAX).map((member) => ({ is: "person", member }));
}

/** Without case and accents, so that `zoe` matches `Zoë`. */
function plain(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
