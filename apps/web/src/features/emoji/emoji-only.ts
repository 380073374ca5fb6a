/** A message of up to this many emoji and nothing else is shown large. */
const LARGE_EMOJI_MAX = 6;
/** The longest text that is looked at, in UTF-16 units: six of the longest emoji. */
const LOOKED_AT_MAX = 200;

const EMOJI = /\p{RGI_Emoji}/gv;

/**
 * Whether a message is a few emoji and nothing else. Each is taken once, the longest at its place: a
 * pattern for all of them together would try every way to part hands from their skin tones.
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
