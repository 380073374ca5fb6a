import { describe, expect, it } from "vitest";
import { chatDraft } from "../../test/drafts.ts";
import { HeldLog } from "../../test/held-log.ts";
import { LosingLog } from "../../test/losing-log.ts";
import { settled } from "../../test/settled.ts";
import { World } from "../../test/world.ts";
import { CATCH_UP_RETRY_MS } from "../limits.ts";

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

  it("[R5] tells whoever joins meanwhile only of the new one", async () => {
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
});
