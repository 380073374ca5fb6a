import { canonicalEmoji } from "@parley/protocol";
import type { NamedEmoji } from "./emoji-list.ts";

/** What can be put under a message with one click. */
export const QUICK_EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "🙏"] as const;

/** One emoji, as the server takes it for a reaction. */
const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

/**
 * The emoji that a text looks for: each of its words begins a word of theirs. Those that go by just
 * that name come first, then those whose name begins so. A text that is an
 * emoji itself finds itself, so that any emoji can be had from the keyboard's own picker.
 */
export function findEmoji(list: readonly NamedEmoji[], text: string): readonly NamedEmoji[] {
  const typed = text.trim();
  const asEmoji = canonicalEmoji(typed);
  if (ONE_EMOJI.test(asEmoji)) {
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

/** How far an emoji is from a name: it has it, has it among others, begins so, or only a word does. */
function distance({ name, words }: NamedEmoji, whole: string): number {
  if (name === whole) return 0;
  if (words.includes(whole)) return 1;
  return name.startsWith(whole) ? 2 : 3;
}

/** A name as people read it. */
export function spokenName(name: string): string {
  return name.replaceAll("_", " ");
}
