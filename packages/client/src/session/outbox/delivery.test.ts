import { describe, expect, it } from "vitest";
import { createMemoryOutbox } from "../../storage/outbox-memory.ts";
import { ANNA, chat, chats } from "../../testing/entries.ts";
import { settled } from "../../testing/fake-clock.ts";
import { echo, inRoom, left, pending } from "../../testing/writing.ts";
import { ANSWER_WAIT_MS } from "../machine/effect.ts";

describe("sending a message", () => {
  it("[D5] stores it before it is sent", async () => {
    const outbox = createMemoryOutbox();
    const room = await inRoom({ outbox });
    const id = room.client.say("hello");
    expect(left(room)).toEqual([]);
    expect(pending(room)).toEqual([["hello", "queued"]]);
    await settled();
    expect((await outbox.load("lobby")).map((stored) => stored.id)).toEqual([id]);
    expect(left(room)).toEqual(["hello"]);
    expect(pending(room)).toEqual([["hello", "sending"]]);
  });

  it("[D1] takes the echo as the acknowledgement, and removes the stored record", async () => {
    const outbox = createMemoryOutbox();
    const room = await inRoom({ outbox });
    const id = await room.say("hello");
    room.told();
    room.socket.say(echo(4, id));
    expect(room.told()).toEqual([
      { type: "entries", entries: [echo(4, id)] },
      { type: "pending", pending: [] },
    ]);
    expect(await outbox.load("lobby")).toEqual([]);
  });

  it("[D1] does not take another author's entry under the same id as one", async () => {
    const room = await inRoom();
    const id = await room.say("hello");
    room.socket.say(chat(4, { id }));
    expect(pending(room)).toEqual([["hello", "sending"]]);
  });

  it("[D5] sends one at a time, in the order of writing", async () => {
    const room = await inRoom();
    const one = await room.say("one");
    const two = await room.say("two");
    await room.say("three");
    expect(left(room)).toEqual(["one"]);
    room.socket.say(echo(4, one));
    expect(left(room)).toEqual(["two"]);
    room.socket.say(echo(5, two));
    expect(left(room)).toEqual(["three"]);
  });

  it("sends edits, deletions and reactions in the same order as replies", async () => {
    const room = await inRoom();
    const one = room.client.say("one", { replyTo: "entry-2" });
    const two = room.client.edit(one, "won");
    const three = room.client.react("entry-3", "👍", true);
    const four = room.client.delete(one);
    await settled();
    const fields = { at: 1, from: ANNA };
    const sent = [...room.socket.read()];
    room.socket.say(chat(4, { id: one, from: ANNA }));
    sent.push(...room.socket.read());
    room.socket.say({
      type: "edited",
      payload: { target: one, targetSeq: 4, message: "won", id: two, seq: 5, ...fields },
    });
    sent.push(...room.socket.read());
    room.socket.say({
      type: "reacted",
      payload: {
        target: "entry-3",
        targetSeq: 3,
        emoji: "👍",
        on: true,
        id: three,
        seq: 6,
        ...fields,
      },
    });
    sent.push(...room.socket.read());
    expect(sent).toEqual([
      { type: "chat", payload: { message: "one", id: one, replyTo: "entry-2" } },
      { type: "edit", payload: { target: one, message: "won", id: two } },
      { type: "react", payload: { target: "entry-3", emoji: "👍", on: true, id: three } },
      { type: "delete", payload: { target: one, id: four } },
    ]);
    room.socket.say({
      type: "deleted",
      payload: { target: one, targetSeq: 4, id: four, seq: 7, ...fields },
    });
    expect(pending(room)).toEqual([]);
  });

  it("sends an emoji in its canonical form", async () => {
    const room = await inRoom();
    const id = room.client.react("entry-3", "\u2764", true);
    await settled();
    const frame = {
      type: "react",
      payload: { target: "entry-3", emoji: "\u2764\ufe0f", on: true, id },
    };
    expect(room.socket.read()).toEqual([frame]);
  });

  it("[D5] keeps what is written while disconnected, and sends it after reconnecting", async () => {
    const room = await inRoom();
    room.dropAndReturn();
    await room.say("one");
    await room.say("two");
    expect(pending(room)).toEqual([
      ["one", "queued"],
      ["two", "queued"],
    ]);
    await room.join({ head: 3, recovered: true });
    expect(left(room)).toEqual(["one"]);
  });
});

describe("an unknown outcome", () => {
  it("[D4] sends the one in flight again, under the same id, before anything else", async () => {
    const room = await inRoom();
    const one = await room.say("one");
    await room.say("two");
    expect(room.socket.readAll("chat").map(({ id }) => id)).toEqual([one]);
    room.dropAndReturn();
    expect(pending(room)[0]).toEqual(["one", "queued"]);
    await room.join({ head: 3, recovered: true });
    expect(room.socket.readAll("chat").map(({ id }) => id)).toEqual([one]);
  });

  it("[D2] takes the original entry as the acknowledgement, also if it was shown before", async () => {
    const room = await inRoom();
    const id = await room.say("one");
    room.dropAndReturn();
    await room.join({ entries: [chat(4), chat(5)], recovered: true, missed: 2 });
    room.told();
    room.socket.say(echo(2, id));
    expect(pending(room)).toEqual([]);
  });

  it("[D5] finds its own entry among the missed ones, and does not send it again", async () => {
    const room = await inRoom();
    const id = await room.say("one");
    room.dropAndReturn();
    await room.join({ entries: [echo(4, id)], recovered: true, missed: 1 });
    expect(left(room)).toEqual([]);
    expect(pending(room)).toEqual([]);
  });

  it("[D5] finds its own entry in a window, and in a page of history", async () => {
    const room = await inRoom();
    const one = await room.say("one");
    const two = await room.say("two");
    room.dropAndReturn();
    await room.join({ entries: [echo(70, one)], epoch: "epoch-2" });
    expect(pending(room)).toEqual([["two", "sending"]]);
    const page = room.client.history(70);
    const entries = [echo(69, two)];
    room.socket.say({
      type: "history",
      payload: { entries, epoch: "epoch-2", head: 70, more: true },
    });
    await page;
    expect(pending(room)).toEqual([]);
  });

  it("[D4] reconnects if no answer comes within 10 s", async () => {
    const room = await inRoom();
    const id = await room.say("one");
    room.clock.advance(ANSWER_WAIT_MS - 1);
    expect(room.socket.ended).toBeUndefined();
    room.clock.advance(1);
    expect(room.sockets[0]?.ended).toBe("lost");
    room.clock.advance(500);
    await room.join({ head: 3, recovered: true });
    expect(room.socket.readAll("chat").map((chat) => chat.id)).toEqual([id]);
  });

  it("keeps showing one that was acknowledged behind a hole, and sends the next", async () => {
    const room = await inRoom();
    const one = await room.say("one");
    await room.say("two");
    left(room);
    room.socket.say(echo(6, one));
    expect(left(room)).toEqual(["two"]);
    expect(pending(room)).toEqual([
      ["one", "sending"],
      ["two", "sending"],
    ]);
    const payload = { entries: chats(4, 5), epoch: "epoch-1", head: 6, more: true };
    room.socket.say({ type: "history", payload });
    expect(pending(room)).toEqual([["two", "sending"]]);
  });
});
