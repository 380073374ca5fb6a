import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, bob } from "../../test/drafts.ts";
import { FakeTime } from "../../test/fake-time.ts";
import { ABSENCE_MS, TICK_MS } from "../limits/limits.ts";
import type { Presence, PresenceEvents, OpenPresence } from "./presence.ts";

/** Notes what is told of the members of a room. */
class News implements PresenceEvents {
  readonly told: string[] = [];
  emptiedTimes = 0;
  presence: Presence | undefined;

  entered({ name }: { name: string }): void {
    this.told.push(`${name} entered, ${this.presence?.count}`);
  }
  left({ name }: { name: string }): void {
    this.told.push(`${name} left, ${this.presence?.count}`);
  }
  renamed({ id, name }: { id: string; name: string }): void {
    this.told.push(`${id} is ${name}`);
  }
  counted(): void {
    this.told.push(`${this.presence?.count} are here`);
  }
  typing({ name }: { name: string }, on: boolean): void {
    this.told.push(`${name} ${on ? "types" : "rests"}`);
  }
  emptied(): void {
    this.emptiedTimes += 1;
  }
}

/** Opens the presence of a room, with clocks that stand still. */
export function openTestPresence(openPresence: OpenPresence, roomId = "lobby") {
  const time = new FakeTime();
  const news = new News();
  /** Bugs that were reported. */
  const failures: unknown[] = [];
  const deps = {
    absenceMs: ABSENCE_MS,
    pace: { perSecond: 5, burst: 5 },
    timers: time.timers,
    now: time.now,
    onFailure: (error: unknown) => failures.push(error),
  };
  const presence = openPresence(roomId, deps, news);
  news.presence = presence;
  /** Waits until exactly this was told. */
  const told = (...expected: string[]) => until(() => expect(news.told).toEqual(expected));
  return { time, news, presence, told, failures };
}

/**
 * The rules of the presence of a room, shared with other servers or not.
 * @param open opens the presence of empty rooms
 */
export function describePresenceContract(name: string, open: () => Promise<OpenPresence>): void {
  describe(name, () => {
    let opened: ReturnType<typeof openTestPresence>;
    beforeEach(async () => {
      opened = openTestPresence(await open());
    });
    afterEach(() => opened.presence.close());

    it("[P1] tells of a member, with the count that holds from then on", async () => {
      const { presence, told } = opened;
      await presence.enter(ann);
      expect(presence.count).toBe(1);
      await presence.enter(bob);
      expect(presence.list()).toEqual([ann, bob]);
      presence.depart(ann.id, "left");
      await told("Ann entered, 1", "Bob entered, 2", "Ann left, 1");
      expect(presence.list()).toEqual([bob]);
    });

    it("[P1] takes two sockets for one member, who leaves with the second", async () => {
      const { presence, news, told } = opened;
      await presence.enter(ann);
      await presence.enter(ann);
      presence.depart(ann.id, "left");
      expect(presence).toMatchObject({ count: 1, localCount: 1 });
      presence.depart(ann.id, "left");
      expect(presence.localCount).toBe(0);
      await told("Ann entered, 1", "Ann left, 0");
      expect(news.emptiedTimes).toBe(1);
    });

    it("[P4] removes a member whose socket was lost after 10 s, and not before", async () => {
      const { presence, time, told } = opened;
      await presence.enter(ann);
      presence.depart(ann.id, "lost");
      time.pass(10_000);
      expect(presence.get(ann.id)).toEqual(ann);
      await told("Ann entered, 1");
      time.pass(TICK_MS);
      await told("Ann entered, 1", "Ann left, 0");
      expect(presence.count).toBe(0);
    });

    it("[P1] announces nothing if a member is back in time", async () => {
      const { presence, time, told } = opened;
      await presence.enter(ann);
      presence.depart(ann.id, "lost");
      time.pass(9_900);
      await presence.enter(ann);
      time.pass(ABSENCE_MS);
      await presence.enter(bob);
      await told("Ann entered, 1", "Bob entered, 2");
      expect(presence.count).toBe(2);
    });

    it("tells of another name once, and of the same name never", async () => {
      const { presence, told } = opened;
      await presence.enter(ann);
      presence.rename({ ...ann, name: "Anna" });
      presence.rename({ ...ann, name: "Anna" });
      await told("Ann entered, 1", "ann-1 is Anna");
      await presence.enter({ ...ann, name: "Annie" });
      await told("Ann entered, 1", "ann-1 is Anna", "ann-1 is Annie");
      expect(presence.list()).toEqual([{ ...ann, name: "Annie" }]);
      expect(presence.get(ann.id)).toEqual({ ...ann, name: "Annie" });
    });

    it("tells who types", async () => {
      const { presence, told } = opened;
      await presence.enter(ann);
      presence.announceTyping(ann, true);
      presence.announceTyping(ann, false);
      await told("Ann entered, 1", "Ann types", "Ann rests");
      expect(presence.list()).toEqual([ann]);
    });

    it("lists the first 200 by arrival, and counts all", async () => {
      const { presence } = opened;
      const crowd = Array.from({ length: 250 }, (_, i) => ({ id: `id-${i}`, name: `Name ${i}` }));
      for (const person of crowd) await presence.enter(person);
      expect(presence.list()).toEqual(crowd.slice(0, 200));
      expect(presence.count).toBe(250);
      expect(await presence.find("id-249")).toEqual({ id: "id-249", name: "Name 249" });
      expect(await presence.find("id-250")).toBeUndefined();
      for (const { id } of crowd.slice(0, 100)) presence.depart(id, "left");
      await until(() => expect(presence.count).toBe(150));
      await until(() => expect(presence.get("id-249")).toBeDefined());
    });
  });
}
