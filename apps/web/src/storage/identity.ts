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
