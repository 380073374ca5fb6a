const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * One or two letters for an avatar: the first of the first and of the last word. An emoji or any
 * other sign counts as a letter; stacked marks are taken off.
 * @param name a name as the server gives it
 */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s_\-.]+/u)
    .filter(Boolean);
  const first = letterOf(words[0] ?? name);
  const last = words.length > 1 ? letterOf(words.at(-1) ?? "") : "";
  return first + last;
}

function letterOf(word: string): string {
  const [first] = graphemes.segment(word);
  if (!first) return "";
  if (/\p{RGI_Emoji}/v.test(first.segment)) return first.segment;
  return first.segment
    .normalize("NFC")
    .replace(/(?<=.)\p{M}+/gu, "")
    .toLocaleUpperCase();
}
