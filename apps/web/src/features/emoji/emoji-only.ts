/** A message of only emoji, up to this many, is shown large. */
const LARGE_EMOJI_MAX = 6;
/** The longest text that is checked, in UTF-16 units: six of the longest emoji. */
const LOOKED_AT_MAX = 200;

/**
 * Each emoji, the longest at its place. A browser takes 50 ms and more for its first use, so quick
 * patterns look at a text before.
 */
const EMOJI = /\p{RGI_Emoji}/gv;
/** What every emoji has one of. */
const PART_OF_EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;
const ONLY_PARTS_AND_BLANKS = /^[\p{Emoji}\p{Emoji_Component}\s]*$/u;

/** The emoji in a text, each the longest at its place. */
export function emojiIn(text: string): readonly string[] {
  return PART_OF_EMOJI.test(text) ? (text.match(EMOJI) ?? []) : [];
}

/**
 * Whether a message consists of a few emoji only. Each is matched by itself: one pattern for all of
 * them would backtrack over every way to split skin tones off.
 */
export function isEmojiOnly(text: string): boolean {
  if (text.length > LOOKED_AT_MAX || !ONLY_PARTS_AND_BLANKS.test(text)) return false;
  const { length } = emojiIn(text);
  return length > 0 && length <= LARGE_EMOJI_MAX && text.replaceAll(EMOJI, "").trim() === "";
}
