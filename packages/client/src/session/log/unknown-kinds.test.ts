import type { LogEntry } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import type { CachedRoom } from "../../storage/room-cache.ts";
import { ANNA, chat, chats, joinedWith } from "../../testing/entries.ts";
import { settled } from "../../testing/fake-clock.ts";
import { visit } from "../../testing/visit.ts";

/** An entry as a server with a newer protocol sends it, and as this client reads it. */
function poll(seq: number, from = ANNA) {
  const fields = { id: `poll-${seq}`, seq, at: seq, from };
  const frame = { type: "later", payload: { ...fields, question: "Where?" } };
  const entry: LogEntry = { type: "unknown", payload: { ...fields, frame } };
  return { frame, entry };
}

describe("[O5] an entry of an unknown kind", () => {
  it("keeps its place live, and what follows is shown", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 1) });
    room.told();
    room.socket.receive(JSON.stringify(poll(2).frame));
    room.socket.say(chat(3));
    expect(room.told()).toEqual([
      { type: "entries", entries: [poll(2).entry] },
      { type: "entries", entries: [chat(3)] },
    ]);
    expect(room.socket.readAll("history")).toEqual([]);
  });

  it("keeps its place in a join, and the next join continues after it", async () => {
    const room = visit();
    room.socket.open();
    await settled();
    const payload = { ...joinedWith({ head: 2 }), entries: [chat(1), poll(2).frame] };
    room.socket.receive(JSON.stringify({ type: "joined", payload }));
    await settled();
    expect(room.toldOf("window")).toEqual([
      { type: "window", entries: [chat(1), poll(2).entry], why: "first" },
    ]);
    room.dropAndReturn();
    room.socket.open();
    await settled();
    expect(room.socket.readAll("join")[0]?.since).toMatchObject({ seq: 2, id: "poll-2" });
  });

  it("keeps its place in a page that fills a hole", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 1) });
    room.told();
    room.socket.say(chat(3));
    const page = { entries: [poll(2).frame, chat(3)], epoch: "epoch-1", head: 3, more: false };
    room.socket.receive(JSON.stringify({ type: "history", payload: page }));
    expect(room.told()).toEqual([{ type: "entries", entries: [poll(2).entry, chat(3)] }]);
  });

  it("is read again from the cache by a client that may know it", async () => {
    const known = chat(2);
    const kept: LogEntry = { type: "unknown", payload: { ...known.payload, frame: known } };
    const people = { self: ANNA, members: [ANNA], count: 1 };
    const cached: CachedRoom = { epoch: "epoch-1", seq: 2, entries: [chat(1), kept], people };
    const room = visit({ cache: { load: async () => cached, save: async () => {} } });
    await settled();
    expect(room.toldOf("window")).toMatchObject([{ entries: [chat(1), known] }]);
  });
});

describe("[O6] a server of a newer major version", () => {
  it("is reported once, and to a late listener, too", async () => {
    const room = visit();
    await room.join({ version: "2.0" });
    expect(room.toldOf("outdated")).toEqual([{ type: "outdated" }]);
    room.dropAndReturn();
    await room.join({ version: "2.1", recovered: true });
    expect(room.toldOf("outdated")).toEqual([]);
    const late: string[] = [];
    room.client.subscribe(({ type }) => late.push(type));
    expect(late).toContain("outdated");
  });

  it("is not one that says 1.x, or no version", async () => {
    for (const version of ["1.0", "1.9", undefined]) {
      const room = visit();
      await room.join(version === undefined ? {} : { version });
      expect(room.toldOf("outdated")).toEqual([]);
    }
  });
});
