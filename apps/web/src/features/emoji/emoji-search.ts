import { canonicalEmoji } from "@parley/protocol";
import type { NamedEmoji } from "./emoji-list.ts";

/** What can be put under a message with one click. */
export const QUICK_EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "🙏"] as const;

/** One emoji, as the server takes it for a reaction. */
const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

/**
 * The emoji that a text looks for: each of its words begins a word of theirs. A text that is an
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
  return list.filter(({ name, words }) => {
    const parts = [name, ...words].flatMap((word) => [word, ...word.split("_")]);
    return wanted.every((word) => parts.some((part) => part.startsWith(word)));
  });
}

/** A name as people read it. */
export function spokenName(name: string): string {
  return name.replaceAll("_", " ");
}
