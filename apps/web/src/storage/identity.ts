import { isText, plain, stored, type TextStore } from "./stored.ts";

/** A token is 128 random bits (SPEC P2). */
const TOKEN_BYTES = 16;

/** The name that was last used here, as it was typed. */
export function storedName(texts?: TextStore) {
  return stored("parley.name", plain(isText), undefined, texts);
}

/**
 * The token by which this browser comes back as the same person (SPEC P2); one for all rooms, so
 * that two tabs are one person (P1). Anything that cannot be a token counts as none.
 */
export function storedToken(texts?: TextStore) {
  return stored("parley.token", plain(isToken), undefined, texts);
}

/**
 * The token of this browser, made here before the first join: tabs that are opened together are one
 * person from the start, and what one of them left in the outbox is no other's in the next (SPEC D2).
 */
export function ownToken(texts?: TextStore): string {
  const token = storedToken(texts);
  const known = token.read();
  if (known !== undefined) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  const base64 = btoa(String.fromCharCode(...bytes));
  const made = base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  token.write(made);
  return made;
}

function isToken(text: string): text is string {
  return /^[\w-]{22}$/.test(text);
}
