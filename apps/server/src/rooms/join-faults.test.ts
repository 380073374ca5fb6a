import { describe, expect, it } from "vitest";
import { ABSENCE_MS, TICK_MS } from "../limits/limits.ts";
import { HeldLog } from "../../test/held-log.ts";
import { LosingLog } from "../../test/losing-log.ts";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";
import { LocalPresence } from "../presence/local-presence.ts";
import type { OpenPresence } from "../presence/presence.ts";

/** A world in which it takes time to write down that somebody comes in. */
async function build() {
  const losing = new LosingLog();
  const log = new HeldLog(losing);
  const entering: (() => void)[] = [];
  const openPresence: OpenPresence = (_roomId, deps, events) => {
    const presence = new LocalPresence(deps, events);
    return Object.assign(presence, {
      enter: (member: Parameters<LocalPresence["enter"]>[0]) => {
        LocalPresence.prototype.enter.call(presence, member);
        return new Promise<void>((resolve) => {
          entering.push(resolve);
        });
      },
    });
  };
  const world = new World(log, {}, openPresence);
  const enter = async () => {
    for (const done of entering.splice(0)) done();
    await settled();
  };
  const bob = world.visit();
  bob.send("join", { roomId: "lobby", name: "Bob" });
  await settled();
  await enter();
  const ann = world.visit();
  ann.send("join", { roomId: "lobby", name: "Ann" });
  await settled();
  bob.connection.read();
  return { world, losing, log, enter, ann, bob };
}

describe("a join during which somebody is written down", () => {
  it("[P4] leaves no member behind when the socket is cut off during the join", async () => {
    const { world, enter, ann, bob } = await build();
    ann.close(1006);
    await enter();
    world.time.pass(ABSENCE_MS + TICK_MS);
    expect(world.rooms.memberCount).toBe(1);
    await settled();
    expect(bob.connection.readGist().at(-1)).toBe("left Ann 1");
  });

  it("[P4] removes at once a member who closes on purpose during the join", async () => {
    const { world, enter, ann } = await build();
    ann.close(1000);
    await enter();
    expect(world.rooms.memberCount).toBe(1);
  });

  it("[O3] [R5] tells only of the last log, however often it is lost during the join", async () => {
    const { losing, log, enter, ann } = await build();
    losing.lose();
    log.hold("read", "after");
    await enter();
    losing.lose();
    await settled();
    log.letThrough("read");
    while (log.waiting("read") > 0) log.release("read");
    await settled();
    const { epoch } = await losing.read("lobby", { limit: 0 });
    expect(ann.connection.readAll("joined")).toMatchObject([{ epoch }]);
  });

  it("[D4] leaves no ghost if the log is away when it has to be read again", async () => {
    const { world, losing, log, enter, ann, bob } = await build();
    losing.lose();
    await settled();
    log.hold("read");
    await enter();
    log.fail("read");
    log.letThrough("read");
    await settled();
    expect(ann.connection.readGist()).toEqual(["error unavailable"]);
    world.time.pass(ABSENCE_MS + TICK_MS);
    expect(world.rooms.memberCount).toBe(1);
    bob.close(1000);
    expect(world.rooms.count).toBe(0);
  });
});
