/** Where a name stands in a text, in UTF-16 units. */
interface Mention {
  readonly from: number;
  readonly to: number;
}

/** Finds where a text speaks of somebody. */
export type FindMentions = (text: string) => readonly Mention[];

/** Finds what another search does, up to so many in all of the texts that it is asked for. */
export function firstMentions(most: number, find: FindMentions): FindMentions {
  let left = most;
  return (text) => {
    const found = left > 0 ? find(text).slice(0, left) : [];
    left -= found.length;
    return found;
  };
}

/** Scripts that put no blanks between words: there a name may touch the words around it. */
const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const WORD = `(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}]`;
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");

/** A name shorter than this, in code points, is meant only where an `@` says so. */
const BARE_CHARS_MIN = 2;

/** Signs that mean something else in a regular expression. */
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/**
 * Makes the search for one name: whole words, without regard to case, with or without an `@`
 * before it, however its accents are encoded. A name of one character needs the `@`.
 * The search runs in time proportional to the text.
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

/** What may not touch a character at the edge of a name, for it would be a part of the word. */
function lettersBeside(edge = ""): string {
  return IS_UNSPACED.test(edge) ? "\\p{M}" : WORD;
}
