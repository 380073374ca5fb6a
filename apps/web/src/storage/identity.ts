import { isText, plain, stored, type TextStore } from "./stored.ts";

/** A token is 128 random bits (SPEC P2). */
const TOKEN_BYTES = 16;

/** The last name that was used here, as it was typed. */
export function storedName(texts?: TextStore) {
  return stored("parley.name", plain(isText), undefined, texts);
}

/**
 * The token by which this browser is the same member again (SPEC P2). One for all rooms, so that
 * two tabs are one member (P1). A malformed token counts as none.
 */
export function storedToken(texts?: TextStore) {
  return stored("parley.token", plain(isToken), undefined, texts);
}

/**
 * The token of this browser, created before the first join. Tabs that open at the same time are
 * then one member, and so is the owner of the outbox at the next visit (SPEC D2).
 */
export function ownToken(texts?: TextStore): string {
  const token = storedToken(texts);
  const known = token.read();
  if (known !== undefined) return known;
  const made = idOf(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
  token.write(made);
  return made;
}

function isToken(text: string): text is string {
  return /^[\w-]{22}$/.test(text);
}

/** Random bytes as an id: base64url, without padding. */
export function idOf(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
