import { describe, expect, it } from "vitest";
import { checksumOf } from "./checksum.ts";
import { entryOf, isSound, rowOf } from "./entry-row.ts";

const ROOM = 7;
const FROM = { id: "author-1", name: "Zoë 🦜" };
const PAYLOAD = { id: "id-1", message: "Grüße\n👍", at: 1_700_000_000_000, from: FROM };
const row = rowOf(ROOM, { type: "chat", payload: PAYLOAD }, 42);

describe("the row of an entry", () => {
  it("[O3] has the checksum that is in the files of earlier versions", () => {
    expect(row.crc).toBe(1_520_270_759);
  });

  it("has the checksum that SQL computes of its columns", () => {
    const { seq, id, author, name, at, kind, payload } = row;
    expect(row.crc).toBe(checksumOf(ROOM, seq, id, author, name, at, kind, payload));
  });

  it.each([
    ["seq", 43],
    ["id", "id-2"],
    ["author", "author-2"],
    ["name", "Zoe 🦜"],
    ["at", 1_700_000_000_001],
    ["kind", "edited"],
    ["payload", "{}"],
    ["crc", 0],
  ])("[O3] is not sound with another %s", (column, value) => {
    expect(isSound(ROOM, row)).toBe(true);
    expect(isSound(ROOM, { ...row, [column]: value })).toBe(false);
  });

  it("[O3] is not sound in another room", () => {
    expect(isSound(ROOM + 1, row)).toBe(false);
  });

  it("[O2] is the frame that it was made of", () => {
    expect(entryOf(row)).toEqual({ type: "chat", payload: { ...PAYLOAD, seq: 42 } });
  });

  it("[O2] says that a hook wrote it", () => {
    const payload = { ...PAYLOAD, from: { ...FROM, hook: true as const } };
    const frame = { type: "chat", payload: { ...payload, seq: 42 } };
    const read = entryOf(rowOf(ROOM, { type: "chat", payload }, 42));
    expect(JSON.stringify(read)).toBe(
      JSON.stringify({
        ...frame,
        payload: {
          message: payload.message,
          id: payload.id,
          at: payload.at,
          from: payload.from,
          seq: 42,
        },
      }),
    );
  });
});
