import { ROOM_ID_CHARS_MAX } from "./limits.ts";

/** What a room id is made of. This file stands without schemas: the join screen needs no more. */
export const ROOM_ID = /^[A-Za-z0-9_-]+$/;

/**
 * A room id as its schema gives it, for screens that do without schemas.
 * @returns undefined where the schema refuses it
 */
export function canonicalRoomId(text: string): string | undefined {
  const isRoomId = text.length <= ROOM_ID_CHARS_MAX && ROOM_ID.test(text);
  return isRoomId ? text.toLowerCase() : undefined;
}

/** Crockford's base32: no I, L, O or U, so that a code survives being read aloud. */
const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
const CODE_GROUPS = [3, 4, 3];

/**
 * Makes a room id that cannot be guessed: 10 characters of Crockford base32 (50 bits of a
 * cryptographic source) in groups, such as `7k3-f9qd-2xm`. The dashes are part of the id, so
 * that what is shown is what is typed and sent.
 */
export function generateRoomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  // 256 is a multiple of 32, so that five bits of each byte are as random as the byte.
  const characters = Array.from(bytes, (byte) => CROCKFORD.charAt(byte & 31)).join("");
  let from = 0;
  return CODE_GROUPS.map((size) => characters.slice(from, (from += size))).join("-");
}

/**
 * The generated code that somebody may have meant: typed without its dashes or with blanks, in
 * capitals, with o, i or l for a digit. A code made by hand is mostly letters and then digits, such
 * as `winter2024`: one like that is never read as another.
 * @returns undefined where the text is no such code
 */
export function meantRoomId(text: string): string | undefined {
  const typed = text.toLowerCase().replaceAll(/\s/g, "");
  const signs = typed.replace(/^(.{3})-(.{4})-(.{3})$/, "$1$2$3");
  if (!/\d[a-z]/.test(signs)) return undefined;
  const read = signs.replaceAll("o", "0").replaceAll(/[il]/g, "1");
  const roomId = read.replace(/^(.{3})(.{4})(.{3})$/, "$1-$2-$3");
  return isGeneratedRoomId(roomId) ? roomId : undefined;
}

/** Whether a room id has the form of a generated one; any other is easier to guess. */
export function isGeneratedRoomId(roomId: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{3}-[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{3}$/.test(roomId);
}
