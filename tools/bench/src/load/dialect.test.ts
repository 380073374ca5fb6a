import { decodeUp, encode } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { CHAT, dialects, parleyDialect, socketIoDialect, wsDialect } from "./dialect.ts";

const joining = { roomId: "bench-1" };
const heard = (dialect: typeof parleyDialect, text: string) => {
  const bytes = Buffer.from(`..${text}`);
  return dialect.hear(bytes, 2, bytes.length, joining);
};

describe.each(Object.entries(dialects))("%s", (_name, dialect) => {
  const frame = dialect.say("hello there", 7);

  it("knows where the body of a message starts", () => {
    expect(frame.slice(dialect.bodyAt)).toMatch(/^hello there"/);
  });

  it("knows the byte that identifies a message", () => {
    expect(frame.charCodeAt(dialect.kindAt)).toBe(CHAT);
  });
});

describe("Parley", () => {
  it("sends what the protocol accepts, with a new id for each message", () => {
    const frames = [parleyDialect.say("one", 1), parleyDialect.say("two", 2)].map(decodeUp);
    expect(frames).toMatchObject([
      { ok: true, frame: { type: "chat", payload: { message: "one" } } },
      { ok: true, frame: { type: "chat", payload: { message: "two" } } },
    ]);
    const ids = frames.map((it) => it.ok && it.frame.type === "chat" && it.frame.payload.id);
    expect(new Set(ids).size).toBe(2);
  });

  it("joins, and resumes with what it knows", () => {
    const resume = { token: "a".repeat(22), since: { epoch: "e", seq: 4, id: "x" } };
    const greeting = parleyDialect.greeting({ ...joining, resume }) ?? "";
    expect(decodeUp(greeting)).toMatchObject({
      ok: true,
      frame: { type: "join", payload: { ...joining, ...resume } },
    });
  });

  it("finds the parts of an entry as the server encodes it", () => {
    const from = { id: "m", name: "Ada" };
    const payload = { message: "hi", id: "i", at: 1, from, seq: 3 };
    const text = encode({ type: "chat", payload });
    expect(text.slice(parleyDialect.bodyAt)).toMatch(/^hi"/);
    expect(text).toContain(parleyDialect.seqAfter);
  });

  it("recognises its own join, and skips those of others", () => {
    expect(heard(parleyDialect, '{"type":"joined","payload":{}}')).toEqual({ is: "joined" });
    expect(heard(parleyDialect, '{"type":"entered","payload":{}}')).toEqual({ is: "nothing" });
  });
});

it("sends plain ws messages without ids", () => {
  expect(JSON.parse(wsDialect.say("hi", 1))).toEqual({ type: "chat", payload: { message: "hi" } });
});

it("shakes hands with Engine.IO, then Socket.IO, then joins", () => {
  const asks = (answer: string) => ({ is: "asks", answer });
  expect(socketIoDialect.greeting(joining)).toBeUndefined();
  expect(heard(socketIoDialect, '0{"sid":"a"}')).toEqual(asks("40"));
  expect(heard(socketIoDialect, '40{"sid":"b"}')).toEqual(asks('42["join",{"roomId":"bench-1"}]'));
  expect(heard(socketIoDialect, '42["joined",{}]')).toEqual({ is: "joined" });
  expect(heard(socketIoDialect, "2")).toEqual(asks("3"));
});
