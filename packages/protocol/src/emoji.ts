import * as v from "valibot";
import { EMOJI_CHARS_MAX } from "./limits.ts";

/** Asks for the picture of a character that is also a sign of text. */
const PICTURE = "\ufe0f";
/** A character that is text by itself, and a picture only where that is asked for. */
const TEXT_BY_ITSELF = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu;

/**
 * Gives an emoji its one form, which Unicode calls fully qualified: `❤` becomes `❤️`, and `⭐️`
 * becomes `⭐`, so that both count as the same reaction. A text that is no emoji stays none.
 */
export function canonicalEmoji(text: string): string {
  return text.replaceAll(PICTURE, "").replace(TEXT_BY_ITSELF, `$&${PICTURE}`);
}

/** One emoji as people see it, in its one form: flags, skin tones, keycaps, joined families. */
export const Emoji = /* @__PURE__ */ oneEmoji();

// A build that only reads frames leaves out a call; it would keep the calls within a schema.
function oneEmoji() {
  return v.pipe(
    v.string("bad_emoji"),
    v.maxLength(EMOJI_CHARS_MAX, "bad_emoji"),
    v.transform(canonicalEmoji),
    v.regex(/^\p{RGI_Emoji}$/v, "bad_emoji"),
  );
}
