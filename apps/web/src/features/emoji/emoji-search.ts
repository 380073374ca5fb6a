import { canonicalEmoji } from "@parley/protocol";
import type { NamedEmoji } from "./emoji-list.ts";
import { emojiIn } from "./emoji-only.ts";

/** The emoji that are offered without searching. */
export const QUICK_EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "🙏"] as const;

/**
 * The emoji that match a query: each word of the query begins one of the emoji's words. Exact names
 * come first, then names that begin with the query. A query that is an emoji matches itself, so
 * that any emoji from the keyboard's own picker can be used.
 */
export function findEmoji(list: readonly NamedEmoji[], text: string): readonly NamedEmoji[] {
  const typed = text.trim();
  const asEmoji = canonicalEmoji(typed);
  if (emojiIn(asEmoji)[0] === asEmoji) {
    const listed = list.find(({ emoji }) => emoji === asEmoji);
    return [listed ?? { emoji: asEmoji, name: asEmoji, words: [] }];
  }
  const wanted = typed.toLowerCase().split(/[\s_:]+/);
  const found = list.filter(({ name, words }) => {
    const parts = [name, ...words].flatMap((word) => [word, ...word.split("_")]);
    return wanted.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const whole = wanted.join("_");
  return found.toSorted((a, b) => distance(a, whole) - distance(b, whole));
}

/** The rank of a match: exact name, name among others, name begins so, only a word matches. */
function distance({ name, words }: NamedEmoji, whole: string): number {
  if (name === whole) return 0;
  if (words.includes(whole)) return 1;
  return name.startsWith(whole) ? 2 : 3;
}

/** A name as it is shown to people. */
export function spokenName(name: string): string {
  return name.replaceAll("_", " ");
}
