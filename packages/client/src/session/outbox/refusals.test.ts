import { CloseCode, refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { createMemoryOutbox } from "../../storage/outbox-memory.ts";
import { chats } from "../../testing/entries.ts";
import { settled } from "../../testing/fake-clock.ts";
import { visit, type Visit } from "../../testing/visit.ts";
import { echo, inRoom, left, pending, refuse } from "../../testing/writing.ts";

describe("a refusal", () => {
  it("[D4] that is temporary sends the same id again after a wait, before anything else", async () => {
    const room = await inRoom();
    const one = await room.say("one");
    await room.say("two");
    left(room);
    refuse(room, refusal("rate_limited", one));
    expect(left(room)).toEqual([]);
    room.clock.advance(250);
    expect(left(room)).toEqual(["one"]);
    refuse(room, { ...refusal("unavailable", one), retryAfter: 3_000 });
    room.clock.advance(3_000);
    expect(left(room)).toEqual([]);
    room.clock.advance(500);
    expect(left(room)).toEqual(["one"]);
    room.socket.say(echo(4, one));
    expect(left(room)).toEqual(["two"]);
  });

  it("[D4] that is temporary is shown with the pending message, through further attempts, until it is stored", async () => {
    const room = await inRoom();
    const one = await room.say("one");
    const state = () => room.toldOf("pending").at(-1)?.pending[0]?.state;
    const why = refusal("unavailable", one);
    refuse(room, why);
    expect(state()).toEqual({ is: "queued", refusal: why });
    room.clock.advance(250);
    expect(state()).toEqual({ is: "sending", refusal: why });
    room.socket.say(echo(4, one));
    expect(state()).toBeUndefined();
  });

  it("[D4] that is final is kept with its reason, and the next one is sent", async () => {
    const outbox = createMemoryOutbox();
    const room = await inRoom({ outbox });
    const one = await room.say("one");
    await room.say("two");
    left(room);
    const why = refusal("message_too_long", one);
    refuse(room, why);
    expect(left(room)).toEqual(["two"]);
    expect(room.toldOf("pending").at(-1)?.pending[0]?.state).toEqual({
      is: "failed",
      refusal: why,
    });
    expect((await outbox.load("lobby")).map(({ id, refusal }) => [id, refusal])).toEqual([
      [one, why],
      [expect.any(String), undefined],
    ]);
  });

  it("[D4] of another request does not affect the one in flight", async () => {
    const room = await inRoom();
    await room.say("one");
    refuse(room, refusal("unknown_target", "another"));
    expect(pending(room)).toEqual([["one", "sending"]]);
  });

  it("[D4] with not_joined concerns the connection, not the message", async () => {
    const room = await inRoom();
    const id = await room.say("one");
    refuse(room, refusal("not_joined", id));
    expect(room.socket.ended).toBe("lost");
    expect(pending(room)).toEqual([["one", "queued"]]);
  });

  it("by close code 1009 fails the one in flight, which is not repeated", async () => {
    const room = await inRoom();
    await room.say("one");
    await room.say("two");
    room.socket.shut(CloseCode.tooLarge);
    expect(pending(room)).toEqual([
      ["one", "failed"],
      ["two", "queued"],
    ]);
    room.clock.advance(500);
    await room.join({ head: 3, recovered: true });
    expect(left(room)).toEqual(["two"]);
  });

  it("is known before sending if the frame would be too large", async () => {
    const room = await inRoom();
    room.client.say("\u0001".repeat(4_000));
    await room.say("two");
    expect(left(room)).toEqual(["two"]);
    expect(pending(room).map(([, state]) => state)).toEqual(["failed", "sending"]);
    const [{ id, state } = { id: "", state: undefined }] = room.pending;
    const why = { code: "message_too_long", temporary: false, ref: id };
    expect(state).toMatchObject({ refusal: why });
  });
});

describe("a failed message", () => {
  async function failed(): Promise<{ room: Visit; id: string }> {
    const room = await inRoom();
    const id = await room.say("one");
    refuse(room, refusal("not_author", id));
    left(room);
    return { room, id };
  }

  it("is sent again under the same id", async () => {
    const { room, id } = await failed();
    room.client.retry(id);
    expect(room.socket.readAll("chat")).toEqual([{ message: "one", id }]);
  });

  it("[D3] can be amended under the same id, and is stored before it is sent", async () => {
    const { room, id } = await failed();
    room.client.amend(id, "won");
    expect(left(room)).toEqual([]);
    await settled();
    expect(room.socket.readAll("chat")).toEqual([{ message: "won", id }]);
  });

  it("can be discarded", async () => {
    const { room, id } = await failed();
    room.client.discard(id);
    expect(pending(room)).toEqual([]);
  });

  it("[D3] with a conflicting id is not acknowledged by the other text", async () => {
    const room = await inRoom();
    const id = await room.say("one");
    refuse(room, refusal("id_conflict", id));
    room.socket.say(echo(4, id));
    expect(pending(room)).toEqual([["one", "failed"]]);
  });
});

describe("a queued message", () => {
  it("[D3] can be amended while it was never sent", async () => {
    const room = visit();
    const id = await room.say("one");
    room.client.amend(id, "won");
    await room.join();
    expect(room.socket.readAll("chat")).toEqual([{ message: "won", id }]);
  });

  it("[D3] can be amended before it is stored", async () => {
    const room = await inRoom();
    const id = room.client.say("one");
    room.client.amend(id, "won");
    await settled();
    expect(room.socket.readAll("chat")).toEqual([{ message: "won", id }]);
  });

  it("[D3] keeps its text once it was sent", async () => {
    const room = await inRoom();
    const id = await room.say("one");
    room.client.amend(id, "won");
    room.dropAndReturn();
    room.client.amend(id, "won");
    await room.join({ head: 3, recovered: true });
    expect(left(room)).toEqual(["one"]);
  });

  it("can be discarded, but not while it is being sent", async () => {
    const room = await inRoom();
    const one = await room.say("one");
    const two = await room.say("two");
    room.client.discard(one);
    room.client.discard(two);
    expect(pending(room)).toEqual([["one", "sending"]]);
    room.client.retry(one);
    expect(pending(room)).toEqual([["one", "sending"]]);
    expect(left(room)).toEqual(["one"]);
    room.socket.say(echo(4, one));
    expect(room.socket.readAll("delete")).toEqual([]);
  });

  it("that is discarded after its connection broke is not sent again, but deleted", async () => {
    const room = await inRoom();
    const id = await room.say("one");
    room.dropAndReturn();
    room.client.discard(id);
    room.client.discard(id);
    await room.join({ head: 3, recovered: true });
    expect(room.socket.read().map(({ type }) => type)).toEqual(["join", "delete"]);
    expect(pending(room)).toEqual([["", "sending"]]);
  });

  it("that is an edit is not sent again when it is discarded, and deletes nothing", async () => {
    const room = await inRoom();
    const id = room.client.edit("entry-1", "another text");
    await settled();
    expect(room.socket.readAll("edit").length).toBe(1);
    room.dropAndReturn();
    room.client.discard(id);
    await room.join({ head: 3, recovered: true });
    expect(room.socket.read().map(({ type }) => type)).toEqual(["join"]);
  });

  it("that another page may have sent is dropped if it is discarded, and deleted", async () => {
    const outbox = createMemoryOutbox();
    const id = await visit({ outbox }).say("one");
    const room = visit({ outbox });
    await settled();
    room.client.discard(id);
    await settled();
    expect((await outbox.load("lobby")).map(({ frame }) => frame.type)).toEqual(["delete"]);
    await room.join({ entries: chats(1, 3) });
    expect(room.socket.read().map(({ type }) => type)).toEqual(["join", "delete"]);
  });
});
