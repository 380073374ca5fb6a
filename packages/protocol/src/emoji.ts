import * as v from "valibot";
import { EMOJI_CHARS_MAX } from "./limits.ts";

/** The selector that asks for the picture of a character that is also a text sign. */
const PICTURE = "\ufe0f";
/** A character that is shown as text unless the picture is asked for. */
const TEXT_BY_ITSELF = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu;

/**
 * Gives the one form of an emoji, which Unicode calls fully qualified: `❤` becomes `❤️`, and `⭐️`
 * becomes `⭐`. Both spellings then count as the same reaction. Other text is not changed.
 */
export function canonicalEmoji(text: string): string {
  return text.replaceAll(PICTURE, "").replace(TEXT_BY_ITSELF, `$&${PICTURE}`);
}

/** One emoji as people see it, in its one form: flags, skin tones, keycaps, joined families. */
export const Emoji = /* @__PURE__ */ oneEmoji();

// A call, because bundlers drop an unused call but keep the calls inside a schema.
function oneEmoji() {
  return v.pipe(
    v.string("bad_emoji"),
    v.maxLength(EMOJI_CHARS_MAX, "bad_emoji"),
    v.transform(canonicalEmoji),
    v.regex(/^\p{RGI_Emoji}$/v, "bad_emoji"),
  );
}
