/** A message of up to this many emoji and nothing else is shown large. */
const LARGE_EMOJI_MAX = 6;
/** The longest text that is looked at, in UTF-16 units: six of the longest emoji. */
const LOOKED_AT_MAX = 200;

const ALL_EMOJI = /^(?:\p{RGI_Emoji}\s*)+$/v;
const EACH_EMOJI = /\p{RGI_Emoji}/gv;

/** Whether a message is a few emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > LOOKED_AT_MAX || !ALL_EMOJI.test(text.trim())) return false;
  return (text.match(EACH_EMOJI) ?? []).length <= LARGE_EMOJI_MAX;
}
