import { CloseCode } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { chatDraft } from "../../test/drafts.ts";
import { HeldLog } from "../../test/held-log.ts";
import { LosingLog } from "../../test/losing-log.ts";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";
import { ABSENCE_MS, CATCH_UP_RETRY_MS, TICK_MS } from "../limits/limits.ts";

/** More than the microtasks between an answer of the log and what is done with it. */
const MICROTASKS = 20;
const RETRY_MS = CATCH_UP_RETRY_MS + TICK_MS;

/** Ann and Bob in a room whose log was just lost; it is being read, to tell them. */
async function lost() {
  const losing = new LosingLog();
  const log = new HeldLog(losing);
  const world = new World(log);
  const ann = await world.join("lobby", "Ann");
  const bob = await world.join("lobby", "Bob");
  for (const { connection } of [ann, bob]) connection.read();
  log.hold("read");
  losing.lose();
  await settled();
  expect(log.waiting("read")).toBe(1);
  return { losing, log, world, ann, bob };
}

describe("a room whose log was lost, and cannot be read", () => {
  it("is not read for any more if the log is yet another one", async () => {
    const { losing, log, world, ann } = await lost();
    log.fail("read");
    losing.lose();
    await settled();
    world.time.pass(2 * RETRY_MS);
    await settled();
    expect(log.waiting("read")).toBe(1);
    log.letThrough("read");
    log.release("read");
    await settled();
    expect(ann.connection.readGist()).toEqual(["joined lobby"]);
  });

  it("is not read for any more once nobody is in it", async () => {
    const { log, world, ann, bob } = await lost();
    log.fail("read");
    await settled();
    for (const visitor of [ann, bob]) visitor.close(CloseCode.left);
    expect(world.rooms.count).toBe(0);
    world.time.pass(2 * RETRY_MS);
    await settled();
    expect(log.waiting("read")).toBe(0);
  });

  it("reports a bug, and disconnects the members that it cannot inform, so that they reconnect", async () => {
    const { losing, log, world, ann, bob } = await lost();
    const bug = new TypeError("a bug");
    log.fail("read", bug);
    await settled();
    expect(world.failures).toEqual([bug]);
    for (const { connection } of [ann, bob]) {
      expect(connection.read()).toEqual([]);
      expect(connection.closedWith).toBe(CloseCode.restarting);
    }
    world.time.pass(RETRY_MS);
    await settled();
    expect(log.waiting("read")).toBe(0);
    // They are awaited (P4), and the room goes on for new members.
    log.letThrough("read");
    const cem = await world.join("lobby", "Cem");
    expect(cem.joined.count).toBe(3);
    await losing.append("lobby", chatDraft("new"));
    await settled();
    expect(cem.connection.readGist()).toEqual(["chat new"]);
    world.time.pass(ABSENCE_MS);
    expect(world.rooms.memberCount).toBe(1);
  });

  it("[R5] keeps the members who joined during the reset, with the new log, when a bug disconnects the others", async () => {
    const { losing, log, world } = await lost();
    const cem = world.visit();
    cem.send("join", { roomId: "lobby", name: "Cem" });
    await settled();
    log.release("read", 1);
    await settled();
    await losing.append("lobby", chatDraft("new"));
    await settled();
    expect(cem.connection.readGist()).toEqual(["joined lobby"]);
    log.fail("read", new TypeError("a bug"));
    await settled();
    expect(cem.connection.closedWith).toBeUndefined();
    expect(cem.connection.readGist().at(-1)).toBe("chat new");
  });
});

describe("a log that is lost at any moment of", () => {
  /** Lets the reads that wait go on, and loses the log so many microtasks later. */
  async function loseAfter(microtasks: number, { losing, log }: Awaited<ReturnType<typeof lost>>) {
    log.letThrough("read");
    while (log.waiting("read") > 0) log.release("read");
    for (let n = 0; n < microtasks; n += 1) await Promise.resolve();
    losing.lose();
    await settled();
    await losing.append("lobby", chatDraft("new"));
    await settled();
    return (await losing.read("lobby", { limit: 0 })).epoch;
  }

  it("[R5] the telling is told of last", async () => {
    for (let microtasks = 0; microtasks < MICROTASKS; microtasks += 1) {
      const room = await lost();
      const epoch = await loseAfter(microtasks, room);
      const [joined, chat] = room.ann.connection.read().slice(-2);
      expect(joined).toMatchObject({ type: "joined", payload: { epoch, head: 0 } });
      expect(chat).toMatchObject({ type: "chat", payload: { seq: 1 } });
    }
  });

  it("[R5] a join that reads it once more is told of last", async () => {
    for (let microtasks = 0; microtasks < MICROTASKS; microtasks += 1) {
      const room = await lost();
      const { world, log, losing } = room;
      const cem = world.visit();
      cem.send("join", { roomId: "lobby", name: "Cem" });
      await settled();
      await losing.append("lobby", chatDraft("lost, too"));
      losing.lose();
      for (let read = 0; read < 2; read += 1) {
        log.release("read");
        await settled();
      }
      const epoch = await loseAfter(microtasks, room);
      const [joined, chat] = cem.connection.read().slice(-2);
      expect(joined).toMatchObject({ type: "joined", payload: { epoch, head: 0 } });
      expect(chat).toMatchObject({ type: "chat", payload: { seq: 1 } });
    }
  });
});
