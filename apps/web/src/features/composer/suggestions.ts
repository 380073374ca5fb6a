import { unreachable, type Member } from "@parley/protocol";
import { commands, type SlashCommand } from "../shortcuts/slash-commands.ts";
import type { NamedEmoji } from "../emoji/emoji-list.ts";
import type { Query } from "./suggestion-query.ts";

/** Something that can replace a query. */
export type Suggestion =
  | { readonly is: "emoji"; readonly emoji: string; readonly name: string }
  | { readonly is: "person"; readonly member: Member }
  | { readonly is: "command"; readonly command: SlashCommand };

/** The most suggestions that are shown. */
const SHOWN_MAX = 8;

/** What suggestions are chosen from. */
export interface SuggestionSources {
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
