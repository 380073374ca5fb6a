import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { EntryId, generateEntryId, RoomId } from "./ids.ts";
import {
  canonicalRoomId,
  generateRoomId,
  isGeneratedRoomId,
  meantRoomId,
  roomApiPath,
  roomShard,
  withShard,
} from "./room-code.ts";

it("makes room codes of 10 Crockford characters in groups, each a valid room id", () => {
  const codes = Array.from({ length: 500 }, generateRoomId);
  expect(new Set(codes).size).toBe(500);
  for (const code of codes) {
    expect(code).toMatch(/^[0-9a-z]{3}-[0-9a-z]{4}-[0-9a-z]{3}$/);
    expect(code).not.toMatch(/[ilou]/);
    expect(v.parse(RoomId, code)).toBe(code);
    expect(isGeneratedRoomId(code)).toBe(true);
  }
});

it("uses all 32 characters of the alphabet", () => {
  const seen = new Set(Array.from({ length: 500 }, generateRoomId).join("").replaceAll("-", ""));
  expect(seen.size).toBe(32);
});

it("tells hand-made codes from generated ones", () => {
  for (const code of ["123", "team", "hello-world", "abc-defg-hil"]) {
    expect(isGeneratedRoomId(code)).toBe(false);
  }
});

it("makes entry ids with and without a secure context", () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(generateEntryId()).toMatch(uuid);
  const original = crypto.randomUUID;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  try {
    const id = generateEntryId();
    expect(id).toMatch(uuid);
    expect(v.is(EntryId, id)).toBe(true);
  } finally {
    Object.defineProperty(crypto, "randomUUID", { value: original, configurable: true });
  }
});

it.each(["lobby", "LOBBY-1_a", "", " a", "a/b", "é", "x".repeat(64), "x".repeat(65)])(
  "reads %j as a room id as the schema does, without it",
  (text) => {
    const parsed = v.safeParse(RoomId, text);
    expect(canonicalRoomId(text)).toBe(parsed.success ? parsed.output : undefined);
  },
);

describe("a generated code that was typed in another form", () => {
  it.each([
    ["7k3-f9qd-2xm", "7k3-f9qd-2xm"],
    ["7K3F9QD2XM", "7k3-f9qd-2xm"],
    [" 7k3 f9qd 2xm ", "7k3-f9qd-2xm"],
    ["7k3 f9 qd2xm", "7k3-f9qd-2xm"],
    ["7ko-fiqd-2lm", "7k0-f1qd-21m"],
    ["7kof9qd2xm", "7k0-f9qd-2xm"],
  ])("%s is read as %s", (text, code) => {
    expect(meantRoomId(text)).toBe(code);
  });

  it("is read for every generated code", () => {
    const codes = Array.from({ length: 1_000 }, generateRoomId).filter((code) =>
      /\d[a-z]/.test(code),
    );
    for (const code of codes) expect(meantRoomId(code.replaceAll("-", ""))).toBe(code);
  });

  it.each([
    "winter2024",
    "basketball",
    "the-blog-fan",
    "1234567890",
    "dev-2b-team3",
    "lobby",
    "7k3f9qd2xu",
    "7k3f9qd2x",
    "7k3f9qd2xmm",
    "",
  ])("%s stays as it is", (text) => {
    expect(meantRoomId(text)).toBeUndefined();
  });
});

describe("the shard of a room", () => {
  it("is three hexadecimal digits, the same in upper and lower case", () => {
    expect(roomShard("lobby")).toMatch(/^[0-9a-f]{3}$/);
    expect(roomShard("Lobby")).toBe(roomShard("lobby"));
  });

  // Clients of two releases must meet on one server.
  it.each([
    ["lobby", "b6f"],
    ["7k3-f9qd-2xm", "635"],
    ["1", "7e2"],
  ])("of %s is %s in every release", (roomId, shard) => {
    expect(roomShard(roomId)).toBe(shard);
  });

  it("spreads rooms evenly, generated ones and numbered ones", () => {
    const numbered = Array.from({ length: 4_096 }, (_, n) => `room-${n}`);
    for (const rooms of [numbered, Array.from(numbered, generateRoomId)]) {
      const counts = new Map<string, number>();
      for (const room of rooms) counts.set(roomShard(room), (counts.get(roomShard(room)) ?? 0) + 1);
      // Thrown at random, 4,096 balls leave 1 in e of as many boxes empty, and none has ten.
      expect(counts.size).toBeGreaterThan(2_400);
      expect(Math.max(...counts.values())).toBeLessThan(12);
    }
  });

  it("is added to addresses with a query and without", () => {
    const r = `r=${roomShard("lobby")}`;
    expect(withShard("ws://host/ws", "lobby")).toBe(`ws://host/ws?${r}`);
    expect(roomApiPath("lobby")).toBe(`/api/rooms/lobby?${r}`);
    expect(roomApiPath("lobby", "/messages?after=1")).toBe(
      `/api/rooms/lobby/messages?after=1&${r}`,
    );
  });
});
