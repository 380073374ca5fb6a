import { PAGE_ENTRIES_MAX, refusal, type DownPayload } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { chat, chats } from "../../testing/entries.ts";
import { seqsOf, visit, type Visit } from "../../testing/visit.ts";

/** A page of the log, as a room with this epoch would send it. */
function page(fields: Partial<DownPayload<"history">>): {
  type: "history";
  payload: DownPayload<"history">;
} {
  const entries = fields.entries ?? [];
  const head = entries.at(-1)?.payload.seq ?? 0;
  return { type: "history", payload: { entries, epoch: "epoch-1", head, more: false, ...fields } };
}

/** In the room, 1 to 3 shown; then dropped, before the next answer. */
async function away(): Promise<Visit> {
  const room = visit();
  await room.join({ entries: chats(1, 3) });
  room.dropAndReturn();
  room.told();
  return room;
}

describe("resuming", () => {
  it("[R1] says up to where the log was shown", async () => {
    const room = await away();
    room.socket.open();
    const since = { epoch: "epoch-1", seq: 3, id: "entry-3" };
    expect(room.socket.readAll("join")[0]?.since).toEqual(since);
  });

  it("[R1] says it of an empty room, too, so that nothing is skipped later", async () => {
    const room = visit();
    await room.join();
    room.dropAndReturn();
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.since).toEqual({ epoch: "epoch-1", seq: 0 });
    await room.join({ entries: chats(1, 60), recovered: true, missed: 60 });
    expect(seqsOf(room.toldOf("entries"))).toEqual(seqsOf([{ entries: chats(1, 60) }]));
  });

  it("[R1] shows what was missed, then says how much it was", async () => {
    const room = await away();
    await room.join({ entries: chats(4, 6), recovered: true, missed: 3 });
    expect(room.told().filter(({ type }) => type !== "status" && type !== "people")).toEqual([
      { type: "entries", entries: chats(4, 6) },
      { type: "caught-up", fresh: 3 },
    ]);
  });

  it("[R1] is caught up at once if nothing was missed", async () => {
    const room = await away();
    await room.join({ head: 3, recovered: true });
    expect(room.toldOf("caught-up")).toEqual([{ type: "caught-up", fresh: 0 }]);
  });

  it("[R1] fetches the rest if more than a page is missing, then says how much it was", async () => {
    const room = await away();
    const last = 3 + PAGE_ENTRIES_MAX;
    const head = last + PAGE_ENTRIES_MAX + 10;
    await room.join({ entries: chats(4, last), head, recovered: true, missed: head - 3 });
    expect(seqsOf(room.toldOf("entries")).at(-1)).toBe(last);
    expect(room.socket.readAll("history")).toEqual([{ after: last, limit: PAGE_ENTRIES_MAX }]);
    room.socket.say(chat(head + 1));
    room.socket.say(page({ entries: chats(last + 1, last + PAGE_ENTRIES_MAX), head }));
    expect(room.toldOf("caught-up")).toEqual([]);
    expect(room.socket.readAll("history")).toEqual([
      { after: last + PAGE_ENTRIES_MAX, limit: PAGE_ENTRIES_MAX },
    ]);
    room.socket.say(page({ entries: chats(last + PAGE_ENTRIES_MAX + 1, head), head }));
    const told = room.told();
    expect(told).toEqual([
      {
        type: "entries",
        entries: [...chats(last + PAGE_ENTRIES_MAX + 1, head), chat(head + 1)],
      },
      { type: "caught-up", fresh: head - 3 },
    ]);
    expect(room.socket.read()).toEqual([]);
  });

  it("[R1] counts from the first drop if it drops again on the way", async () => {
    const room = await away();
    await room.join({ entries: chats(4, 203), head: 300, recovered: true, missed: 297 });
    room.dropAndReturn();
    await room.join({ entries: chats(204, 301), recovered: true, missed: 98 });
    expect(room.toldOf("caught-up")).toEqual([{ type: "caught-up", fresh: 298 }]);
  });

  it("[R1] trusts the server's head, not the one that it knew before", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.socket.say(chat(9));
    room.dropAndReturn();
    await room.join({ entries: chats(4, 5), recovered: true, missed: 2 });
    expect(room.socket.readAll("history")).toEqual([]);
    expect(room.toldOf("caught-up")).toEqual([{ type: "caught-up", fresh: 2 }]);
  });

  it("[R5] starts again if the epoch changed, regardless of the other fields", async () => {
    const fields = { entries: chats(4, 5), epoch: "epoch-2" };
    for (const recovered of [true, false]) {
      const room = await away();
      await room.join({ ...fields, recovered });
      expect(room.toldOf("window")).toEqual([
        { type: "window", entries: chats(4, 5), why: "reset" },
      ]);
    }
  });

  it("[R5] starts again if the log is shorter than what was shown", async () => {
    const room = await away();
    await room.join({ entries: [], head: 2, recovered: true });
    expect(room.toldOf("window")[0]?.why).toBe("reset");
  });
});

describe("live entries", () => {
  it("[R4] are shown as they come", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.told();
    room.socket.say(chat(4));
    expect(room.told()).toEqual([{ type: "entries", entries: [chat(4)] }]);
  });

  it("[R4] are shown once", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.told();
    room.socket.say(chat(3));
    expect(room.told()).toEqual([]);
  });

  it("[R4] fetch the hole before they show more", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.told();
    room.socket.read();
    room.socket.say(chat(6));
    room.socket.say(chat(7));
    expect(room.told()).toEqual([]);
    expect(room.socket.readAll("history")).toEqual([{ after: 3, limit: PAGE_ENTRIES_MAX }]);
    room.socket.say(page({ entries: chats(4, 6), head: 7 }));
    expect(room.told()).toEqual([{ type: "entries", entries: chats(4, 7) }]);
  });

  it("[R4] ask again for a hole that could not be filled, after a wait", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.socket.say(chat(6));
    room.socket.read();
    room.socket.say({ type: "error", payload: { ...refusal("rate_limited"), retryAfter: 2_000 } });
    room.clock.advance(2_000);
    expect(room.socket.readAll("history")).toEqual([]);
    room.clock.advance(500);
    expect(room.socket.readAll("history").length).toBe(1);
    room.socket.say(page({ entries: [], head: 6 }));
    expect(room.socket.readAll("history")).toEqual([]);
    room.clock.advance(1_000);
    expect(room.socket.readAll("history").length).toBe(1);
    room.socket.say(page({ entries: chats(4, 6) }));
    expect(seqsOf(room.toldOf("entries"))).toEqual([4, 5, 6]);
  });

  it("[R4] stop asking once the missing entry arrived by itself", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.socket.say(chat(5));
    room.socket.say({ type: "error", payload: refusal("unavailable") });
    room.socket.say(chat(4));
    room.socket.read();
    room.clock.advance(20_000);
    expect(room.socket.readAll("history")).toEqual([]);
    expect(seqsOf(room.toldOf("entries"))).toEqual([4, 5]);
  });

  it("[R5] start again on another id at a shown seq", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.socket.say(chat(3, { id: "another" }));
    expect(room.socket.ended).toBe("lost");
    room.clock.advance(500);
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.since).toBeUndefined();
    room.told();
    await room.join({ entries: chats(1, 2) });
    expect(room.toldOf("window")).toEqual([{ type: "window", entries: chats(1, 2), why: "reset" }]);
  });

  it("[R5] start again if the hole is filled from another epoch", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.socket.say(chat(5));
    room.socket.say(page({ entries: chats(4, 5), epoch: "epoch-2" }));
    expect(room.socket.ended).toBe("lost");
    expect(seqsOf(room.toldOf("entries"))).toEqual([]);
  });
});
