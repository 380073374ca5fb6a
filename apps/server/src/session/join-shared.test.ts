import type { Member } from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";
import { ABSENCE_MS, TICK_MS } from "../limits/limits.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { LocalPresence } from "../presence/local-presence.ts";
import type { Departure, Presence, PresenceEvents, OpenPresence } from "../presence/presence.ts";

/** What a socket reads as that was cut. */
const CUT = 1006;

describe("a join of a room that servers share", () => {
  let writtenDown: PromiseWithResolvers<void>;
  let left: Departure[];
  let world: World;
  beforeEach(() => {
    writtenDown = Promise.withResolvers<void>();
    left = [];
    const openPresence: OpenPresence = (_roomId, deps, events) => {
      const told: PresenceEvents = {
        ...events,
        left(member, how) {
          left.push(how);
          events.left(member, how);
        },
      };
      const members = new LocalPresence(deps, told);
      const enter = async (member: Member) => {
        LocalPresence.prototype.enter.call(members, member);
        await writtenDown.promise;
      };
      return Object.assign<Omit<LocalPresence, "enter">, Pick<Presence, "enter">>(members, {
        enter,
      });
    };
    world = new World(new MemoryLog(), {}, openPresence);
  });

  it("[P4] leaves nobody behind whose socket goes while others are told of them", async () => {
    const visitor = world.visit();
    visitor.send("join", { roomId: "lobby", name: "Ann" });
    await settled();
    expect(world.rooms.memberCount).toBe(1);
    visitor.close(CUT);
    writtenDown.resolve();
    await settled();
    world.time.pass(ABSENCE_MS + TICK_MS);
    expect(left).toEqual(["lost"]);
    expect(world.rooms).toMatchObject({ count: 0, memberCount: 0 });
  });
});
