import { refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import type { RoomEvent } from "../events.ts";
import type { Outbox, OutboxRecord } from "./outbox.ts";
import { createMemoryOutbox } from "./outbox-memory.ts";
import { settled } from "../testing/fake-clock.ts";
import { visit } from "../testing/visit.ts";
import { echo, inRoom, left, pending, refuse } from "../testing/writing.ts";

describe("the outbox", () => {
  it("[D5] returns what an earlier page wrote, first and in order", async () => {
    const outbox = createMemoryOutbox();
    const earlier = visit({ outbox });
    await earlier.say("one");
    await earlier.say("two");
    earlier.client.close();
    const room = visit({ outbox });
    await room.say("three");
    expect(pending(room).map(([text]) => text)).toEqual(["one", "two", "three"]);
    await room.join();
    expect(left(room)).toEqual(["one"]);
  });

  it("[D5] returns what failed, as failed", async () => {
    const outbox = createMemoryOutbox();
    const earlier = await inRoom({ outbox });
    const id = await earlier.say("one");
    refuse(earlier, refusal("not_author", id));
    const room = visit({ outbox });
    await room.join();
    expect(pending(room)).toEqual([["one", "failed"]]);
    expect(left(room)).toEqual([]);
  });

  it("[D4] lets returned entries be retried, amended and discarded, under the same id", async () => {
    const outbox = createMemoryOutbox();
    const earlier = await inRoom({ outbox });
    const ids: string[] = [];
    for (const text of ["one", "two", "three"]) {
      const id = await earlier.say(text);
      refuse(earlier, refusal("message_too_long", id));
      ids.push(id);
    }
    earlier.client.close();
    const [one = "", two = "", three = ""] = ids;
    const room = await inRoom({ outbox });
    room.client.discard(one);
    room.client.amend(two, "second");
    room.client.retry(three);
    await settled();
    expect(room.socket.readAll("chat")).toEqual([{ message: "second", id: two }]);
    room.socket.say(echo(4, two));
    expect(room.socket.readAll("chat")).toEqual([{ message: "three", id: three }]);
    room.socket.say(echo(5, three));
    await settled();
    expect(pending(room)).toEqual([]);
    expect(await outbox.load("lobby")).toEqual([]);
  });

  it("[D5] is read before anything is sent", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const memory = createMemoryOutbox();
    const load = (roomId: string) => promise.then(() => memory.load(roomId));
    const outbox = { ...memory, load };
    const room = await inRoom({ outbox });
    await room.say("one");
    expect(left(room)).toEqual([]);
    resolve();
    await settled();
    expect(left(room)).toEqual(["one"]);
  });

  it("loses no text when it fails", async () => {
    const fails = () => Promise.reject(new DOMException("The disk is full.", "QuotaExceededError"));
    const outbox = { ...createMemoryOutbox(), load: fails, put: fails, remove: fails };
    const room = await inRoom({ outbox });
    const one = await room.say("one");
    await room.say("two");
    expect(left(room)).toEqual(["one"]);
    room.socket.say(echo(4, one));
    expect(left(room)).toEqual(["two"]);
  });

  it("tells every listener, once, that it does not keep what is written", async () => {
    const put = () => Promise.reject(new DOMException("The disk is full.", "QuotaExceededError"));
    const room = await inRoom({ outbox: { ...createMemoryOutbox(), put } });
    expect(room.toldOf("unkept")).toEqual([]);
    await room.say("one");
    await room.say("two");
    expect(room.toldOf("unkept")).toEqual([{ type: "unkept" }]);
    const late: RoomEvent[] = [];
    room.client.subscribe((event) => late.push(event));
    expect(late).toContainEqual({ type: "unkept" });
  });

  it("does not hold up a text for long when it hangs", async () => {
    const hangs = () => Promise.withResolvers<never>().promise;
    const outbox = { ...createMemoryOutbox(), load: hangs, put: hangs, remove: hangs };
    const room = await inRoom({ outbox });
    await room.say("one");
    expect(left(room)).toEqual([]);
    room.clock.advance(5_000);
    expect(left(room)).toEqual(["one"]);
  });

  it("[D5] loses no text to an answer that is older than the text", async () => {
    const late = Promise.withResolvers<readonly OutboxRecord[]>();
    const memory = createMemoryOutbox();
    let changed: () => void = () => undefined;
    const outbox: Outbox = {
      ...memory,
      watch: (_roomId, call) => {
        changed = call;
        return () => undefined;
      },
    };
    const room = visit({ outbox });
    await settled();
    outbox.load = () => late.promise;
    changed();
    outbox.load = memory.load;
    await room.say("one");
    late.resolve([]);
    await settled();
    expect(pending(room)).toEqual([["one", "queued"]]);
  });

  it("[D1] returns nothing that was acknowledged, even if removing is slow", async () => {
    const memory = createMemoryOutbox();
    const outbox = { ...memory, remove: () => Promise.withResolvers<never>().promise };
    const room = await inRoom({ outbox });
    const one = await room.say("one");
    room.socket.say(echo(4, one));
    const two = await room.say("two");
    expect(pending(room)).toEqual([["two", "sending"]]);
    room.socket.say(echo(5, two));
    expect(left(room)).toEqual(["one", "two"]);
    expect(await memory.load("lobby")).toHaveLength(2);
  });
});
