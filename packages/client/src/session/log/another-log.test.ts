import { describe, expect, it } from "vitest";
import { ANNA, chat, chats, joinedWith } from "../../testing/entries.ts";
import { settled } from "../../testing/fake-clock.ts";
import { seqsOf, visit } from "../../testing/visit.ts";

/** In the room, 1 to 3 shown; then the server announces, unasked, that the log is another one. */
async function lost(fields = {}) {
  const room = visit();
  await room.join({ entries: chats(1, 3) });
  const id = await room.say("hello");
  room.told();
  room.socket.readAll("chat");
  room.socket.say({ type: "joined", payload: joinedWith({ epoch: "epoch-2", ...fields }) });
  await settled();
  return { room, id };
}

describe("an unrequested joined frame", () => {
  it("[R5] is a reset: its window is shown, on the same socket", async () => {
    const { room } = await lost({ entries: chats(1, 2) });
    const entries = chats(1, 2);
    expect(room.toldOf("window")).toEqual([{ type: "window", entries, why: "reset" }]);
    expect(room.sockets).toHaveLength(1);
    room.socket.say(chat(3));
    expect(seqsOf(room.toldOf("entries"))).toEqual([3]);
  });

  it("[R5] is a reset also when the other log is empty", async () => {
    const { room } = await lost();
    expect(room.toldOf("window")).toEqual([{ type: "window", entries: [], why: "reset" }]);
  });

  it("[D5] sends unanswered entries again under their ids", async () => {
    const { room, id } = await lost();
    expect(room.socket.readAll("chat")).toEqual([{ id, message: "hello" }]);
    room.told();
    room.socket.say(chat(1, { id, from: ANNA }));
    await settled();
    expect(room.toldOf("pending").at(-1)?.pending).toEqual([]);
  });

  it("[R5] is where the next socket continues", async () => {
    const { room } = await lost({ entries: chats(1, 2) });
    room.dropAndReturn();
    room.socket.open();
    const since = { epoch: "epoch-2", seq: 2, id: "entry-2" };
    expect(room.socket.readAll("join")[0]?.since).toEqual(since);
  });
});
