/** A message of only emoji, up to this many, is shown large. */
const LARGE_EMOJI_MAX = 6;
/** The longest text that is checked, in UTF-16 units: six of the longest emoji. */
const LOOKED_AT_MAX = 200;

const EMOJI = /\p{RGI_Emoji}/gv;

/**
 * Whether a message consists of a few emoji only. Each emoji is matched once, the longest at its
 * place: one pattern for all of them would backtrack over every way to split skin tones off.
 */
export function isEmojiOnly(text: string): boolean {
  if (text.length > LOOKED_AT_MAX) return false;
  let count = 0;
  const rest = text.replaceAll(EMOJI, () => {
    count += 1;
    return "";
  });
  return rest.trim() === "" && count > 0 && count <= LARGE_EMOJI_MAX;
}
