import { PAGE_ENTRIES_MAX, type DownPayload } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { chat, chats } from "../../testing/entries.ts";
import { visit, type Visit } from "../../testing/visit.ts";

/** A page of a log that was trimmed. */
function page(fields: Pick<DownPayload<"history">, "entries" | "head" | "truncatedBefore">): {
  type: "history";
  payload: DownPayload<"history">;
} {
  return { type: "history", payload: { epoch: "epoch-1", more: false, ...fields } };
}

/** In the room, 1 to 3 shown. */
async function inRoom(): Promise<Visit> {
  const room = visit();
  await room.join({ entries: chats(1, 3) });
  room.socket.read();
  room.told();
  return room;
}

/** The same, dropped, before the next answer. */
async function away(): Promise<Visit> {
  const room = await inRoom();
  room.dropAndReturn();
  room.told();
  return room;
}

describe("a trimmed log", () => {
  it("[R1] reports that entries in between were trimmed", async () => {
    const room = await away();
    await room.join({ entries: chats(10, 12), truncatedBefore: 10 });
    expect(room.told().find(({ type }) => type === "window")).toEqual({
      type: "window",
      entries: chats(10, 12),
      why: "truncated",
      truncatedBefore: 10,
    });
  });

  it("[R1] does not report trimming that removed nothing missing", async () => {
    for (const truncatedBefore of [3, 4]) {
      const room = await away();
      await room.join({ entries: chats(truncatedBefore, 6), truncatedBefore });
      expect(room.toldOf("window")[0]?.why).toBe("reset");
    }
  });

  it("[R5] counts as another log first, also after ours is no longer trusted", async () => {
    const other = await away();
    await other.join({ entries: chats(10, 12), truncatedBefore: 10, epoch: "epoch-2" });
    expect(other.toldOf("window")).toMatchObject([{ why: "reset", truncatedBefore: 10 }]);
    const distrusted = await inRoom();
    distrusted.socket.say(chat(3, { id: "another" }));
    distrusted.clock.advance(500);
    distrusted.told();
    await distrusted.join({ entries: chats(10, 12), truncatedBefore: 10 });
    expect(distrusted.toldOf("window")).toMatchObject([{ why: "reset", truncatedBefore: 10 }]);
  });

  it("[R4] reports that the hole was trimmed meanwhile", async () => {
    const room = await inRoom();
    room.socket.say(chat(9));
    room.socket.say(page({ entries: chats(7, 9), head: 9, truncatedBefore: 7 }));
    expect(room.told()).toEqual([
      { type: "window", entries: chats(7, 9), why: "truncated", truncatedBefore: 7 },
    ]);
  });

  it("[R4] is read on from a window that ends before it does", async () => {
    const room = await inRoom();
    room.socket.say(chat(9));
    room.socket.read();
    room.socket.say(page({ entries: chats(20, 25), head: 40, truncatedBefore: 20 }));
    expect(room.toldOf("window")).toMatchObject([{ why: "truncated" }]);
    expect(room.socket.readAll("history")).toEqual([{ after: 25, limit: PAGE_ENTRIES_MAX }]);
  });

  it("[R4] continues if the missing entries are there, trimmed right before them or not", async () => {
    for (const truncatedBefore of [3, 4]) {
      const room = await inRoom();
      room.socket.say(chat(9));
      room.socket.say(page({ entries: chats(4, 9), head: 9, truncatedBefore }));
      expect(room.told()).toEqual([{ type: "entries", entries: chats(4, 9) }]);
    }
  });
});

describe("what was missed", () => {
  it("[R1] is counted in messages", async () => {
    const room = await away();
    const edit = {
      target: "entry-1",
      targetSeq: 1,
      message: "Better",
      at: 5,
      from: chat(1).payload.from,
    };
    await room.join({
      entries: [chat(4), { type: "edited", payload: { ...edit, id: "entry-5", seq: 5 } }],
      recovered: true,
      missed: 2,
    });
    expect(room.toldOf("caught-up")).toEqual([{ type: "caught-up", fresh: 1 }]);
  });
});
