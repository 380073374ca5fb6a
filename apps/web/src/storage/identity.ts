import { browserStore, type TextStore } from "./text-store.ts";

const NAME = "parley.name";
const TOKEN = "parley.token";

/** The name that was last used here, as it was typed. */
export function rememberedName(store: TextStore = browserStore): string | undefined {
  return store.get(NAME);
}

/** Keeps a name for the next time. */
export function rememberName(name: string, store: TextStore = browserStore): void {
  store.set(NAME, name);
}

/**
 * The token by which this browser comes back as the same person (SPEC P2); one for all rooms, so
 * that two tabs are one person (P1). Anything that cannot be a token counts as none.
 */
export function rememberedToken(store: TextStore = browserStore): string | undefined {
  const token = store.get(TOKEN);
  return token && /^[\w-]{22}$/.test(token) ? token : undefined;
}

/** Keeps the token that the server gave. */
export function rememberToken(token: string, store: TextStore = browserStore): void {
  store.set(TOKEN, token);
}

/** Drops a token that the server does not take. */
export function forgetToken(store: TextStore = browserStore): void {
  store.remove(TOKEN);
}

/** A token is 128 random bits (SPEC P2). */
const TOKEN_BYTES = 16;

/**
 * The token of this browser, made here before the first join: tabs that are opened together are one
 * person from the start, and what one of them left in the outbox is no other's in the next (SPEC D2).
 */
export function ownToken(store: TextStore = browserStore): string {
  const known = rememberedToken(store);
  if (known !== undefined) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  const base64 = btoa(String.fromCharCode(...bytes));
  const token = base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  rememberToken(token, store);
  return token;
}
