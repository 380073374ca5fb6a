/** An address in a text, from `at` (in UTF-16 units). */
export interface Address {
  readonly at: number;
  readonly text: string;
}

/**
 * What an address begins with, and what cannot be in it: blanks, quotation marks, the punctuation
 * of scripts that put no blank after it, and bidi controls.
 */
const ADDRESS =
  /(?:https?:\/\/|www\.|mailto:)[^\s<>"`\p{Pi}\p{Pf}\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\p{Bidi_Control}]+/giu;
/** Punctuation at the end belongs to the sentence or to a style, not to the address. */
const TRAILING = /[.,;:!?'*_~]/;
const OPENERS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
/** The host: the part between `//` and the path. */
const HOST = /^https?:\/\/([^/?#\\]*)/i;
/** A name under `www`: its last part is a word of letters. */
const WWW = /^https:\/\/www\.[^/?#]+\.\p{L}{2,}(?::\d+)?(?:[/?#]|$)/iu;
/**
 * The longest host that is checked, with port and user, in UTF-16 units; DNS names have at most
 * 253. Checking a longer one takes quadratic time.
 */
const HOST_CHARS_MAX = 300;
const MAIL = /^mailto:[^@]+@[^@]+$/i;

/**
 * Finds the addresses in a text: `http`, `https` and `mailto` only, and hosts that begin with `www.`,
 * so that no message can run code. Punctuation at the end is not part of an address; paired brackets are. Runs in linear time.
 */
export function addressesIn(text: string): readonly Address[] {
  const found: Address[] = [];
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    if (leadsSomewhere(address) && !isInsideWord(text, match.index)) {
      found.push({ at: match.index, text: address });
    }
  }
  return found;
}

/** Where an address leads: one that begins with `www.` over https. */
export function hrefOf(address: string): string {
  return isWithoutScheme(address) ? `https://${address}` : address;
}

function isWithoutScheme(address: string): boolean {
  return address[0]?.toLowerCase() === "w";
}

function leadsSomewhere(address: string): boolean {
  if (address[0]?.toLowerCase() === "m") return MAIL.test(address);
  const href = hrefOf(address);
  const host = HOST.exec(href)?.[1] ?? "";
  if (host.length > HOST_CHARS_MAX || !URL.canParse(href)) return false;
  return !isWithoutScheme(address) || WWW.test(href);
}

/**
 * `xhttps://…` is no address, but `看https://…` is, because its script puts no blanks between words.
 */
function isInsideWord(text: string, at: number): boolean {
  return at > 0 && /[a-z0-9]/i.test(text.charAt(at - 1));
}

function withoutTrailing(address: string): string {
  const count: Record<string, number> = {};
  for (const sign of address) count[sign] = (count[sign] ?? 0) + 1;
  let end = address.length;
  while (end > 0) {
    const sign = address.charAt(end - 1);
    const opener = OPENERS[sign];
    const unpaired = opener !== undefined && (count[sign] ?? 0) > (count[opener] ?? 0);
    if (!unpaired && !TRAILING.test(sign)) break;
    count[sign] = (count[sign] ?? 0) - 1;
    end -= 1;
  }
  return address.slice(0, end);
}
