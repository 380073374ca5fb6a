import * as v from "valibot";
import { ENTRY_ID_CHARS_MAX, ROOM_ID_CHARS_MAX } from "./limits.ts";
import { ROOM_ID } from "./room-code.ts";

/**
 * A room id: 1 to 64 letters, digits, `-` and `_`, matched without regard to case. The canonical
 * form is lower case.
 */
export const RoomId = v.pipe(
  v.string("bad_room"),
  v.maxLength(ROOM_ID_CHARS_MAX, "bad_room"),
  v.regex(ROOM_ID, "bad_room"),
  v.toLowerCase(),
);

const ENTRY_ID = /^[\w.:-]+$/;

/** The id that a client gives to an entry; unique for its author in a room (SPEC D2). */
export const EntryId = v.pipe(
  v.string("bad_id"),
  v.maxLength(ENTRY_ID_CHARS_MAX, "bad_id"),
  v.regex(ENTRY_ID, "bad_id"),
);

/** Whether this is a valid entry id, which an answer may repeat as `ref` or `id`. */
export function isEntryId(name: unknown): name is string {
  return typeof name === "string" && name.length <= ENTRY_ID_CHARS_MAX && ENTRY_ID.test(name);
}

/**
 * 128 random bits as 22 characters of base64url. A client that sends the same token is the same
 * member (SPEC P2).
 */
export const Token = v.pipe(v.string("bad_token"), v.regex(/^[\w-]{22}$/, "bad_token"));

/** The place of an entry in its room, from 1 (SPEC O1). Zero means "before the first". */
export const Seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Whether this is a valid `seq`. */
export function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Makes an entry id: a random UUID, also on pages that are no secure context. */
export function generateEntryId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte, i) => {
    const marked = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
