import { describe, expect, it } from "vitest";
import { chatDraft } from "../../test/drafts.ts";
import { HeldLog } from "../../test/held-log.ts";
import { LosingLog } from "../../test/losing-log.ts";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";
import { BACKLOG_BYTES_MAX, CATCH_UP_RETRY_MS, TICK_MS } from "../limits/limits.ts";

async function build() {
  const losing = new LosingLog();
  const log = new HeldLog(losing);
  const world = new World(log);
  const ann = await world.join("lobby", "Ann");
  const bob = await world.join("lobby", "Bob");
  await ann.say("one");
  await ann.say("two");
  for (const { connection } of [ann, bob]) connection.read();
  const append = (message: string) => losing.append("lobby", chatDraft(message));
  return { losing, log, world, ann, bob, append };
}

describe("a room whose log was lost", () => {
  it("[O3] [R5] tells everybody with joined: themselves, the new epoch and its window", async () => {
    const { losing, ann, bob } = await build();
    const before = ann.joined;
    losing.lose();
    await settled();
    for (const { connection, joined } of [ann, bob]) {
      const [again, ...others] = connection.readAll("joined");
      expect(others).toEqual([]);
      expect(again).toMatchObject({ self: joined.self, token: joined.token, count: 2 });
      expect(again).toMatchObject({ recovered: false, head: 0, entries: [] });
      expect(again?.epoch).not.toBe(before.epoch);
    }
  });

  it("[R5] sends what comes after it was lost behind that joined, once and in order", async () => {
    const { losing, log, ann, bob, append } = await build();
    log.hold("read", "after");
    losing.lose();
    await settled();
    await append("after");
    await append("and on");
    await settled();
    expect(ann.connection.readGist()).toEqual([]);
    log.letThrough("read");
    log.release("read");
    await settled();
    await append("further");
    await settled();
    for (const { connection } of [ann, bob]) {
      expect(connection.readGist()).toEqual([
        "joined lobby",
        "chat after",
        "chat and on",
        "chat further",
      ]);
    }
  });

  it("[R5] tells a member who joins during the reset only of the new log", async () => {
    const { losing, log, world, append } = await build();
    log.hold("read", "after");
    const cem = world.visit();
    cem.send("join", { roomId: "lobby", name: "Cem" });
    await settled();
    losing.lose();
    await append("after");
    await settled();
    log.letThrough("read");
    while (log.waiting("read") > 0) log.release("read");
    await settled();
    await append("and on");
    await settled();
    const frames = cem.connection.read();
    expect(frames.map(({ type }) => type)).toEqual(["joined", "chat"]);
    expect(frames[0]).toMatchObject({ payload: { head: 1, recovered: false } });
    expect(frames[1]).toMatchObject({ payload: { seq: 2 } });
  });

  it("tells them as soon as the log can be read again", async () => {
    const { losing, log, world, ann } = await build();
    log.hold("read");
    losing.lose();
    await settled();
    log.fail("read");
    log.letThrough("read");
    await settled();
    expect(ann.connection.readGist()).toEqual([]);
    world.time.pass(CATCH_UP_RETRY_MS + 100);
    await settled();
    expect(ann.connection.readGist()).toEqual(["joined lobby"]);
  });

  it("[R5] tells of the last log alone, once, when the log is lost again during a reset", async () => {
    const { losing, log, ann, bob, append } = await build();
    log.hold("read", "after");
    losing.lose();
    await append("lost, too");
    await settled();
    losing.lose();
    await append("after");
    await settled();
    log.letThrough("read");
    while (log.waiting("read") > 0) log.release("read");
    await settled();
    await append("and on");
    await settled();
    for (const { connection } of [ann, bob]) {
      const [joined, ...others] = connection.read();
      const { epoch } = await losing.read("lobby", { limit: 0 });
      expect(joined).toMatchObject({ type: "joined", payload: { epoch } });
      expect(others.map(({ payload }) => "seq" in payload && payload.seq)).toEqual(
        joined?.type === "joined" && joined.payload.head === 1 ? [2] : [1, 2],
      );
    }
  });

  it("announces no member again that this joined lists", async () => {
    const { losing, log, world, ann } = await build();
    log.hold("read", "after");
    losing.lose();
    await settled();
    log.letThrough("read");
    const cem = world.visit();
    cem.send("join", { roomId: "lobby", name: "Cem" });
    await settled();
    log.release("read");
    await settled();
    expect(ann.connection.readAll("joined")).toMatchObject([{ count: 3 }]);
    world.time.pass(TICK_MS);
    await settled();
    expect(ann.connection.read()).toEqual([]);
  });

  it("[R5] sends a slow reader nothing of either before that joined, and all of the new one after", async () => {
    const { losing, log, ann, append } = await build();
    ann.connection.unread = BACKLOG_BYTES_MAX + 1;
    for (const message of ["three", "four"]) {
      await append(message);
      await settled();
    }
    ann.connection.read();
    log.hold("read", "after");
    ann.connection.drain();
    await settled();
    losing.lose();
    for (let i = 1; i <= 9; i += 1) await append(`new ${i}`);
    await settled();
    // The page of the former log arrives, and the window is still being read.
    log.release("read");
    await settled();
    expect(ann.connection.readGist()).toEqual([]);
    log.letThrough("read");
    while (log.waiting("read") > 0) log.release("read");
    await settled();
    await append("and on");
    await settled();
    const [joined, ...others] = ann.connection.read();
    expect(joined).toMatchObject({ type: "joined" });
    const known = joined?.type === "joined" ? joined.payload.head : 0;
    const seqs = others.map(({ payload }) => "seq" in payload && payload.seq);
    expect(seqs).toEqual(Array.from({ length: 10 - known }, (_, i) => known + 1 + i));
  });
});
