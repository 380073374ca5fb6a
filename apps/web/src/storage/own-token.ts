import { rememberedToken, rememberToken } from "./identity.ts";
import { browserStore, type TextStore } from "./text-store.ts";

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
