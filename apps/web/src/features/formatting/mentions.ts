/** Where a name is in a text, in UTF-16 units. */
interface Mention {
  readonly from: number;
  readonly to: number;
}

/** Finds the mentions of a member in a text. */
export type FindMentions = (text: string) => readonly Mention[];

/** Limits a search to this many mentions over all texts that it is asked about. */
export function firstMentions(most: number, find: FindMentions): FindMentions {
  let left = most;
  return (text) => {
    const found = left > 0 ? find(text).slice(0, left) : [];
    left -= found.length;
    return found;
  };
}

/** Scripts without blanks between words: there a name may touch other letters. */
const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const WORD = `(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}]`;
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");

/** A shorter name, in code points, counts only after an `@`. */
const BARE_CHARS_MIN = 2;

/** Characters with a meaning in a regular expression. */
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/**
 * Makes the search for one name: whole words, without regard to case or to the encoding of accents,
 * with or without an `@`. A name of one character needs the `@`. Runs in linear time.
 * @param name as the server gives it; an empty one is never found
 */
export function mentionsOf(name: string): FindMentions {
  if (name === "") return () => [];
  const forms = [...new Set([name.normalize("NFC"), name.normalize("NFD")])];
  const anyForm = forms.map((form) => form.replaceAll(SYNTAX, String.raw`\$&`)).join("|");
  const characters = [...name];
  const at = characters.length < BARE_CHARS_MIN ? "@" : "@?";
  const before = `(?<![@_]|${lettersBeside(characters[0])})`;
  const after = `(?!_|${lettersBeside(characters.at(-1))})`;
  const pattern = new RegExp(`${before}${at}(?:${anyForm})${after}`, "giu");
  return (text) =>
    [...text.matchAll(pattern)].map(({ 0: found, index: from }) => ({
      from,
      to: from + found.length,
    }));
}

/** What may not be beside the edge of a name, because it would be part of the word. */
function lettersBeside(edge = ""): string {
  return IS_UNSPACED.test(edge) ? "\\p{M}" : WORD;
}
