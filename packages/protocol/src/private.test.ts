import { describe, expect, it } from "vitest";
import { decodeDown, decodeUp } from "./codec.ts";
import { isEntry } from "./down.ts";
import { readBell, readPrivate } from "./read-private.ts";

const decode = (payload: object) => decodeUp(JSON.stringify({ type: "private", payload }));
const refused = (payload: object) => {
  const decoded = decode(payload);
  return decoded.ok ? "taken" : `${decoded.refusal.code} ${decoded.refusal.ref} ${decoded.with}`;
};
const from = { id: "a", name: "Ada" };
const entry = { id: "m1", seq: 1, at: 5, from };

describe("a private frame from a client", () => {
  it.each([
    ["join", { since: { epoch: "e", seq: 3, id: "m3" } }],
    ["leave", {}],
    ["chat", { message: "psst", id: "m1" }],
    ["edit", { target: "m1", message: "pst" }],
    ["delete", { target: "m1" }],
    ["react", { target: "m1", emoji: "👍", on: true }],
    ["typing", { on: true }],
    ["history", { before: 7 }],
  ])("may hold a %s, which is read as in a room", (type, payload) => {
    const frame = { type, payload };
    const whole = { type: "private", payload: { with: "ben", via: "m0", frame, ref: "r" } };
    expect(decodeUp(JSON.stringify(whole))).toEqual({ ok: true, frame: whole });
  });

  it("may leave out the payload of a frame that has no fields", () => {
    expect(decode({ with: "ben", frame: { type: "join" } })).toMatchObject({
      frame: { payload: { frame: { type: "join", payload: {} } } },
    });
  });

  it.each(["rename", "set", "ping", "private", "chatter", "constructor"])(
    "[W3] holds no %s",
    (type) => {
      expect(refused({ with: "ben", ref: "r", frame: { type, payload: {} } })).toBe(
        "unknown_type r ben",
      );
    },
  );

  it("is refused with its own ref, its reason and the other member", () => {
    const chat = (payload: object) => ({ with: "ben", frame: { type: "chat", payload } });
    expect(refused(chat({ message: " ", id: "m1" }))).toBe("message_empty m1 ben");
    expect(refused(chat({ message: "x".repeat(4_001), ref: "r" }))).toBe("message_too_long r ben");
    expect(refused(chat({ id: "m1" }))).toBe("bad_payload m1 ben");
    expect(refused({ ...chat({ message: "hi" }), with: "a b" })).toBe(
      "unknown_member undefined undefined",
    );
    expect(refused({ with: "ben", ref: "r" })).toBe("bad_payload r ben");
  });
});

describe("a private frame from a server", () => {
  it.each([
    { type: "chat", payload: { message: "psst", ...entry } },
    { type: "edited", payload: { target: "m1", targetSeq: 1, message: "pst", ...entry } },
    { type: "typing", payload: { member: from, on: true } },
    { type: "history", payload: { entries: [], epoch: "e", head: 0, more: false } },
    { type: "error", payload: { code: "not_author", message: "No.", temporary: false } },
    {
      type: "joined",
      payload: { self: from, epoch: "e", head: 0, entries: [], recovered: false, missed: 0 },
    },
  ])("holds what a room tells one member: $type", (frame) => {
    const text = JSON.stringify({ type: "private", payload: { with: from, frame } });
    const decoded = decodeDown(text);
    expect(decoded).toEqual({ ok: true, frame: JSON.parse(text) as object });
    expect(readPrivate(frame)).toEqual(frame);
  });

  it("[O5] holds an entry of a kind that is not known", () => {
    const frame = { type: "later", payload: { ...entry, question: "Tea?" } };
    expect(readPrivate(frame)).toEqual({ type: "unknown", payload: { ...entry, frame } });
  });

  it.each([
    { type: "set", payload: { key: "name", value: "Tea", ...entry } },
    { type: "rang", payload: entry },
    { type: "entered", payload: { member: from, count: 1 } },
    { type: "private", payload: { with: from, frame: { type: "typing" } } },
    { type: "chat", payload: { message: 1, ...entry } },
    { type: "typing" },
    ["chat"],
    undefined,
  ])("holds nothing else: %j", (frame) => {
    expect(readPrivate(frame)).toBeUndefined();
  });
});

it("takes a ring of one's bell for no entry of the room", () => {
  const decoded = decodeDown(JSON.stringify({ type: "rang", payload: entry }));
  expect(decoded.ok && isEntry(decoded.frame)).toBe(false);
});

describe("a bell", () => {
  const ring = { type: "rang", payload: entry };
  const bell = { epoch: "b", head: 1, entries: [ring], recovered: false, missed: 0 };

  it("is read with its rings", () => {
    expect(readBell({ ...bell, truncatedBefore: 1, more: 1 })).toEqual({
      ...bell,
      truncatedBefore: 1,
    });
  });

  it.each([
    undefined,
    { ...bell, head: -1 },
    { ...bell, entries: "none" },
    { ...bell, entries: [{ ...ring, type: "chat" }] },
    { ...bell, entries: [{ type: "rang", payload: { ...entry, from: undefined } }] },
  ])("is none where something is wrong: %j", (value) => {
    expect(readBell(value)).toBeUndefined();
  });
});
