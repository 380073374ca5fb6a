import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, bob } from "../../test/drafts.ts";
import { FakeTime } from "../../test/fake-time.ts";
import { ABSENCE_MS, TICK_MS } from "../limits/limits.ts";
import type { People, PeopleEvents, PeopleOf } from "./presence.ts";

/** Notes what is told of the people in a room. */
class News implements PeopleEvents {
  readonly told: string[] = [];
  emptiedTimes = 0;
  people: People | undefined;

  entered({ name }: { name: string }): void {
    this.told.push(`${name} entered, ${this.people?.count}`);
  }
  left({ name }: { name: string }): void {
    this.told.push(`${name} left, ${this.people?.count}`);
  }
  renamed({ id, name }: { id: string; name: string }): void {
    this.told.push(`${id} is ${name}`);
  }
  typing({ name }: { name: string }, on: boolean): void {
    this.told.push(`${name} ${on ? "types" : "rests"}`);
  }
  emptied(): void {
    this.emptiedTimes += 1;
  }
}

/** Opens the people of a room, with clocks that stand still. */
export function openPeople(peopleOf: PeopleOf, roomId = "lobby") {
  const time = new FakeTime();
  const news = new News();
  const rules = {
    absenceMs: ABSENCE_MS,
    pace: { perSecond: 5, burst: 5 },
    timers: time.timers,
    now: time.now,
  };
  const people = peopleOf(roomId, rules, news);
  news.people = people;
  /** Waits until all this was told, and nothing else. */
  const told = (...expected: string[]) => until(() => expect(news.told).toEqual(expected));
  return { time, news, people, told };
}

/**
 * The rules that hold for the people of a room, shared with other servers or not.
 * @param open makes what knows the people of rooms in which nobody is yet
 */
export function describePeopleContract(name: string, open: () => Promise<PeopleOf>): void {
  describe(name, () => {
    let opened: ReturnType<typeof openPeople>;
    beforeEach(async () => {
      opened = openPeople(await open());
    });
    afterEach(() => opened.people.close());

    it("[P1] tells of a person, with the count that holds from then on", async () => {
      const { people, told } = opened;
      await people.enter(ann);
      expect(people.count).toBe(1);
      await people.enter(bob);
      expect(people.list()).toEqual([ann, bob]);
      people.depart(ann.id, "left");
      await told("Ann entered, 1", "Bob entered, 2", "Ann left, 1");
      expect(people.list()).toEqual([bob]);
    });

    it("[P1] takes two sockets for one member, who leaves with the second", async () => {
      const { people, news, told } = opened;
      await people.enter(ann);
      await people.enter(ann);
      people.depart(ann.id, "left");
      expect(people).toMatchObject({ count: 1, hereCount: 1 });
      people.depart(ann.id, "left");
      expect(people.hereCount).toBe(0);
      await told("Ann entered, 1", "Ann left, 0");
      expect(news.emptiedTimes).toBe(1);
    });

    it("[P4] takes whose socket was lost off after 10 s, and not before", async () => {
      const { people, time, told } = opened;
      await people.enter(ann);
      people.depart(ann.id, "lost");
      time.pass(10_000);
      expect(people.get(ann.id)).toEqual(ann);
      await told("Ann entered, 1");
      time.pass(TICK_MS);
      await told("Ann entered, 1", "Ann left, 0");
      expect(people.count).toBe(0);
    });

    it("[P1] makes no noise about who is back in time", async () => {
      const { people, time, told } = opened;
      await people.enter(ann);
      people.depart(ann.id, "lost");
      time.pass(9_900);
      await people.enter(ann);
      time.pass(ABSENCE_MS);
      await people.enter(bob);
      await told("Ann entered, 1", "Bob entered, 2");
      expect(people.count).toBe(2);
    });

    it("tells of another name once, and of the same name never", async () => {
      const { people, told } = opened;
      await people.enter(ann);
      people.rename({ ...ann, name: "Anna" });
      people.rename({ ...ann, name: "Anna" });
      await told("Ann entered, 1", "ann-1 is Anna");
      await people.enter({ ...ann, name: "Annie" });
      await told("Ann entered, 1", "ann-1 is Anna", "ann-1 is Annie");
      expect(people.list()).toEqual([{ ...ann, name: "Annie" }]);
      expect(people.get(ann.id)).toEqual({ ...ann, name: "Annie" });
    });

    it("tells who types", async () => {
      const { people, told } = opened;
      await people.enter(ann);
      people.announceTyping(ann, true);
      people.announceTyping(ann, false);
      await told("Ann entered, 1", "Ann types", "Ann rests");
      expect(people.list()).toEqual([ann]);
    });

    it("lists the first 200 by arrival, and counts all", async () => {
      const { people } = opened;
      const crowd = Array.from({ length: 250 }, (_, i) => ({ id: `id-${i}`, name: `Name ${i}` }));
      for (const person of crowd) await people.enter(person);
      expect(people.list()).toEqual(crowd.slice(0, 200));
      expect(people.count).toBe(250);
      for (const { id } of crowd.slice(0, 100)) people.depart(id, "left");
      await until(() => expect(people.count).toBe(150));
      await until(() => expect(people.get("id-249")).toBeDefined());
    });
  });
}
