import { beforeEach, describe, expect, it } from "vitest";
import { ann, bob } from "../../test/drafts.ts";
import { settled } from "@parley/testkit/settled";
import { LogUnavailable } from "../log/log.ts";
import { TICK_MS } from "../limits/limits.ts";
import { openTestPresence } from "./presence.contract.ts";
import { REFRESH_EVERY_MS } from "./leases.ts";
import type { Roster } from "./roster.ts";
import type { PresenceStoreListener, PresenceStore } from "./presence-store.ts";
import { SharedPresence } from "./shared-presence.ts";

const cem = { id: "cem-1", name: "Cem" };

describe("changes of who is in a shared room", () => {
  let roll: Roster;
  /** How often the whole roster was given to who came, and read. */
  let enters: number;
  let reads: number;
  /** How long each refresh lets leases hold. */
  let leases: (number | undefined)[];
  /** Why nobody can take another name. */
  let failure: Error;
  let members: SharedPresence | undefined;
  let listener: PresenceStoreListener;
  let opened: ReturnType<typeof openTestPresence>;
  beforeEach(async () => {
    roll = { number: 7, count: 1, listed: [ann] };
    [enters, reads, leases] = [0, 0, []];
    failure = new LogUnavailable("away");
    const register: PresenceStore = {
      listen: async (given) => {
        listener = given;
        return () => {};
      },
      enter: async () => {
        enters += 1;
        return roll;
      },
      add: async () => roll.number,
      read: async () => {
        reads += 1;
        return roll;
      },
      find: async (id) => roll.listed.find((member) => member.id === id),
      refresh: async (_people, leaseMs) => {
        leases.push(leaseMs);
        return roll.number;
      },
      leave: async () => {},
      rename: async () => {
        throw failure;
      },
      announceTyping: async () => {},
    };
    opened = openTestPresence((_roomId, rules, events) => {
      members = new SharedPresence(register, rules, events);
      return members;
    });
    await opened.presence.enter(ann);
  });

  it("[P1] are taken as they are told, and nothing is read", async () => {
    listener.changed({ number: 8, count: 2, what: "entered", member: bob });
    await settled();
    expect(opened.presence.list()).toEqual([ann, bob]);
    expect(reads).toBe(0);
  });

  it("[P1] are not read by a join that hears of itself, nor by each of many that do not", async () => {
    roll = { number: 8, count: 2, listed: [ann, bob] };
    const entering = opened.presence.enter(bob);
    listener.changed({ number: 8, count: 2, what: "entered", member: bob });
    await entering;
    expect([enters, reads]).toEqual([1, 0]);
    const crowd = Array.from({ length: 100 }, (_, n) => ({ id: `id-${n}`, name: `Name ${n}` }));
    roll = { number: 108, count: 102, listed: [ann, bob, ...crowd] };
    await Promise.all(crowd.map(async (member) => opened.presence.enter(member)));
    expect([enters, reads]).toEqual([1, 1]);
    expect(opened.presence.count).toBe(102);
    expect(opened.news.told).toHaveLength(102);
  });

  it("are dropped silently if the store is away, and reported if there is a bug", async () => {
    opened.presence.rename({ ...ann, name: "Anna" });
    await settled();
    expect(opened.failures).toEqual([]);
    failure = new TypeError("a bug");
    opened.presence.rename({ ...ann, name: "Annie" });
    await settled();
    expect(opened.failures).toEqual([failure]);
  });

  it("[P1] are read if one was missed before the one that is told", async () => {
    roll = { number: 9, count: 3, listed: [ann, bob, cem] };
    listener.changed({ number: 9, count: 3, what: "entered", member: cem });
    await settled();
    expect(opened.presence).toMatchObject({ count: 3 });
    expect(opened.presence.list()).toEqual([ann, bob, cem]);
    expect(opened.news.told).toEqual(["Ann entered, 1", "Bob entered, 3", "Cem entered, 3"]);
    expect(reads).toBe(1);
  });

  it("[P1] are read with the next word of the server if none was told, and only then", async () => {
    const nextWord = async () => {
      opened.time.pass(REFRESH_EVERY_MS + TICK_MS);
      await settled();
    };
    await nextWord();
    expect([leases.length, reads]).toEqual([1, 0]);
    roll = { number: 8, count: 2, listed: [ann, bob] };
    await nextWord();
    expect(opened.presence.list()).toEqual([ann, bob]);
    expect(opened.news.told).toEqual(["Ann entered, 1", "Bob entered, 2"]);
    await nextWord();
    expect([leases.length, reads]).toEqual([3, 1]);
  });

  it("[P4] keep nobody longer, once the server goes down, than it said last", async () => {
    await members?.goDown(1_000);
    opened.time.pass(3 * REFRESH_EVERY_MS);
    await settled();
    expect(leases).toEqual([1_000]);
  });
});
