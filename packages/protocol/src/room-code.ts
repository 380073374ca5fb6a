import { ROOM_ID_CHARS_MAX } from "./limits.ts";

/** The characters of a room id. This file uses no schema, because the join screen needs none. */
export const ROOM_ID = /^[A-Za-z0-9_-]+$/;

/**
 * The canonical form of a room id, as its schema gives it, for screens that do not load schemas.
 * @returns undefined if the schema would refuse it
 */
export function canonicalRoomId(text: string): string | undefined {
  const isRoomId = text.length <= ROOM_ID_CHARS_MAX && ROOM_ID.test(text);
  return isRoomId ? text.toLowerCase() : undefined;
}

/** Crockford's base32 has no I, L, O or U, so that a code can be read aloud. */
const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
const CODE_GROUPS = [3, 4, 3];

/**
 * Makes a room id that cannot be guessed, such as `7k3-f9qd-2xm`: 10 characters of Crockford base32
 * (50 bits of a cryptographic source) in groups. The dashes belong to the id: what is shown is what
 * is typed and sent.
 */
export function generateRoomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  // 256 is a multiple of 32, so five bits of each byte are as random as the byte.
  const characters = Array.from(bytes, (byte) => CROCKFORD.charAt(byte & 31)).join("");
  let from = 0;
  return CODE_GROUPS.map((size) => characters.slice(from, (from += size))).join("-");
}

/**
 * The generated code that a member may have meant: typed without dashes, with blanks or capitals,
 * or with o, i or l for a digit. A hand-made code is mostly letters and then digits, such as
 * `winter2024`; it is never read as a generated one.
 * @returns undefined if the text is no such code
 */
export function meantRoomId(text: string): string | undefined {
  const typed = text.toLowerCase().replaceAll(/\s/g, "");
  const signs = typed.replace(/^(.{3})-(.{4})-(.{3})$/, "$1$2$3");
  if (!/\d[a-z]/.test(signs)) return undefined;
  const read = signs.replaceAll("o", "0").replaceAll(/[il]/g, "1");
  const roomId = read.replace(/^(.{3})(.{4})(.{3})$/, "$1-$2-$3");
  return isGeneratedRoomId(roomId) ? roomId : undefined;
}

/** Whether a room id has the form of a generated one. Any other id is easier to guess. */
export function isGeneratedRoomId(roomId: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{3}-[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{3}$/.test(roomId);
}

/** How many bits a shard has: 4,096 shards spread evenly over some hundred servers, and tell little of a code. */
const SHARD_BITS = 12;

/**
 * The shard of a room, such as `3f2`: what a load balancer goes by to bring a room's members together
 * on one server (SPEC, Connecting). A digest of the room id (FNV-1a, 32 bits, folded to 12).
 */
export function roomShard(roomId: string): string {
  let hash = 0x811c9dc5;
  for (const character of roomId.toLowerCase()) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  const folded =
    (hash ^ (hash >>> SHARD_BITS) ^ (hash >>> (2 * SHARD_BITS))) & ((1 << SHARD_BITS) - 1);
  return folded.toString(16).padStart(3, "0");
}

/**
 * The address of a room's HTTP routes on a server, with its shard.
 * @param path what follows the room id, such as `/messages?after=7`
 */
export function roomApiPath(roomId: string, path = ""): string {
  return withShard(`/api/rooms/${encodeURIComponent(roomId)}${path}`, roomId);
}

/** An address, with or without a query, to which a room's shard is added. */
export function withShard(address: string, roomId: string): string {
  return `${address}${address.includes("?") ? "&" : "?"}r=${roomShard(roomId)}`;
}
