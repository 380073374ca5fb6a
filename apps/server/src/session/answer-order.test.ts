import { describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { BACKLOG_BYTES_MAX, TICK_MS } from "../limits/limits.ts";
import { chatDraft } from "../../test/drafts.ts";
import { HeldLog } from "../../test/held-log.ts";
import { LosingLog } from "../../test/losing-log.ts";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";

/** So many sockets that a room gathers entries for some ms after a write. */
const BUSY = 10;

/** Ann and Bob in a room that is busy: "zero" was written just now, and what comes next waits. */
async function busyRoom() {
  const world = new World();
  const ann = await world.join("lobby", "Ann");
  const bob = await world.join("lobby", "Bob");
  for (let i = 2; i < BUSY; i += 1) await world.join("lobby", `Name ${i}`);
  world.time.pass(TICK_MS);
  await ann.say("zero");
  for (const { connection } of [ann, bob]) connection.read();
  return { world, ann, bob };
}

/** Ann, and Bob, who has not read what was said up to "zero". */
async function slowReader(log = new HeldLog(new MemoryLog())) {
  const world = new World(log);
  const ann = await world.join("lobby", "Ann");
  const bob = await world.join("lobby", "Bob");
  bob.connection.unread = BACKLOG_BYTES_MAX + 1;
  await ann.say("zero");
  bob.connection.read();
  return { world, log, ann, bob };
}

describe("an answer from the log, in a room that gathers what is said", () => {
  it("[O2] [D2] stands, if the frame came before, after all that was said until then", async () => {
    const { ann, bob } = await busyRoom();
    await ann.say("one");
    await bob.say("two", { id: "x" });
    expect(bob.connection.read()).toEqual([]);
    await bob.say("two", { id: "x" });
    expect(bob.connection.readGist()).toEqual(["chat one", "chat two", "chat two"]);
  });

  it("[O2] [D3] stands, if the id is taken, after all that was said until then", async () => {
    const { ann, bob } = await busyRoom();
    await ann.say("one");
    await bob.say("two", { id: "x" });
    await bob.say("three", { id: "x" });
    expect(bob.connection.readGist()).toEqual(["chat one", "chat two", "error id_conflict"]);
  });

  it("[O2] stands, if it is a page, after all that it holds", async () => {
    const { ann, bob } = await busyRoom();
    await ann.say("one");
    bob.send("history", { after: 0 });
    await settled();
    expect(bob.connection.readGist()).toEqual(["chat one", "history"]);
  });

  it("[D1] does not delay other frames: a batch is written by the clock", async () => {
    const { world, ann, bob } = await busyRoom();
    await ann.say("one");
    expect(bob.connection.read()).toEqual([]);
    world.time.pass(TICK_MS);
    expect(bob.connection.readGist()).toEqual(["chat one"]);
  });
});

describe("an answer from the log, to a slow reader", () => {
  it("[O2] [D2] waits, if the frame came before, for what was said before it", async () => {
    const { ann, bob } = await slowReader();
    await ann.say("one");
    await bob.say("two", { id: "x" });
    await bob.say("two", { id: "x" });
    expect(bob.connection.read()).toEqual([]);
    bob.connection.drain();
    await settled();
    expect(bob.connection.readGist()).toEqual(["chat one", "chat two", "chat two"]);
  });

  it("[O2] waits, if it is a page, for the entries that it holds and no others", async () => {
    const { log, ann, bob } = await slowReader();
    for (const message of ["one", "two"]) await ann.say(message);
    log.hold("read", "after");
    bob.connection.drain();
    bob.send("history", { before: 2 });
    await settled();
    // The first read is for what Bob has missed.
    log.release("read", 1);
    await settled();
    expect(bob.connection.readGist()).toEqual(["history"]);
    bob.send("history", { after: 1 });
    await settled();
    log.release("read", 1);
    await settled();
    expect(bob.connection.read()).toEqual([]);
    log.release("read");
    await settled();
    expect(bob.connection.readGist()).toEqual(["chat one", "chat two", "history"]);
  });

  it("does not follow them when they leave", async () => {
    const { log, ann, bob } = await slowReader();
    await ann.say("one");
    bob.send("history", { after: 0 });
    bob.connection.drain();
    log.hold("read", "after");
    await ann.say("two");
    bob.connection.unread = BACKLOG_BYTES_MAX + 1;
    await ann.say("three");
    bob.connection.read();
    bob.send("history", { after: 0 });
    bob.connection.drain();
    await settled();
    bob.send("leave", {});
    log.letThrough("read");
    while (log.waiting("read") > 0) log.release("read");
    await settled();
    expect(bob.connection.read()).toEqual([]);
  });
});

describe("an answer from a log that was lost before it came", () => {
  async function build() {
    const losing = new LosingLog();
    const log = new HeldLog(losing);
    const ann = await new World(log).join("lobby", "Ann");
    await ann.say("one", { id: "x" });
    ann.connection.read();
    return { losing, log, ann };
  }

  it("[O3] [R5] is a page of the new one", async () => {
    const { losing, log, ann } = await build();
    log.hold("read", "after");
    ann.send("history", {});
    await settled();
    log.letThrough("read");
    losing.lose();
    await losing.append("lobby", chatDraft("new"));
    await settled();
    log.release("read");
    await settled();
    const [joined, chat, history] = ann.connection.read();
    expect(joined).toMatchObject({ type: "joined", payload: { head: 0 } });
    expect(chat).toMatchObject({ type: "chat", payload: { message: "new" } });
    const { epoch } = await losing.read("lobby", { limit: 0 });
    expect(history).toMatchObject({ type: "history", payload: { epoch, entries: [{}] } });
  });

  it("[R5] waits, if it is a page of the new one, until that was told", async () => {
    const { losing, log, ann } = await build();
    await losing.append("lobby", chatDraft("two"));
    losing.lose();
    await losing.append("lobby", chatDraft("new"));
    log.hold("read", "after");
    await settled();
    ann.send("history", {});
    await settled();
    log.letThrough("read");
    while (log.waiting("read") > 0) log.release("read", log.waiting("read") - 1);
    await settled();
    expect(ann.connection.readGist().at(-1)).toBe("history");
  });

  it("[D2] is no answer: the frame is said in the new one", async () => {
    const { losing, log, ann } = await build();
    log.hold("append", "after");
    ann.send("chat", { message: "one", id: "x" });
    await settled();
    log.letThrough("append");
    losing.lose();
    await settled();
    log.release("append");
    await settled();
    expect(ann.connection.readGist()).toEqual(["joined lobby", "chat one"]);
    const { entries } = await losing.read("lobby", { limit: 9 });
    expect(entries).toMatchObject([{ payload: { id: "x", seq: 1 } }]);
  });
});
