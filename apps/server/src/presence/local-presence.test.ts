import { unreachable } from "@parley/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ABSENCE_MS, TICK_MS } from "../limits/limits.ts";
import { ann, bob } from "../../test/drafts.ts";
import { FakeTime } from "../../test/fake-time.ts";
import { LocalPresence } from "./local-presence.ts";
import { describePresenceContract } from "./presence.contract.ts";
import type { Departure } from "./presence.ts";

function build() {
  const time = new FakeTime();
  const news: string[] = [];
  const members = new LocalPresence(
    {
      absenceMs: ABSENCE_MS,
      pace: { perSecond: 5, burst: 5 },
      timers: time.timers,
      now: time.now,
      onFailure: () => {},
    },
    {
      entered: ({ name }) => news.push(`${name} entered, ${members.count}`),
      left: ({ name }) => news.push(`${name} left, ${members.count}`),
      renamed: ({ id, name }) => news.push(`${id} is ${name}`),
      counted: () => {},
      typing: ({ name }, on) => news.push(`${name} ${on ? "types" : "rests"}`),
      emptied: () => {},
    },
  );
  return { time, members, news };
}

describePresenceContract(
  "the members of a room on one server",
  async () => (_roomId, rules, events) => new LocalPresence(rules, events),
);

describe("who is in a room", () => {
  it("[P1] tells of a member, with the count that holds from then on", () => {
    const { members, news } = build();
    members.enter(ann);
    members.enter(bob);
    members.depart(ann.id, "left");
    expect(news).toEqual(["Ann entered, 1", "Bob entered, 2", "Ann left, 1"]);
    expect(members.list()).toEqual([bob]);
  });

  it("[P1] takes two sockets for one member, who leaves with the second", () => {
    const { members, news } = build();
    members.enter(ann);
    members.enter(ann);
    expect(members.count).toBe(1);
    members.depart(ann.id, "left");
    expect(members.count).toBe(1);
    members.depart(ann.id, "left");
    expect(members.count).toBe(0);
    expect(news).toEqual(["Ann entered, 1", "Ann left, 0"]);
  });

  it("[P4] removes a member who leaves on purpose at once", () => {
    const { time, members, news } = build();
    members.enter(ann);
    members.depart(ann.id, "left");
    expect(members.count).toBe(0);
    time.pass(ABSENCE_MS * 2);
    expect(news).toEqual(["Ann entered, 1", "Ann left, 0"]);
  });

  it("[P4] removes a member whose socket was lost after 10 s, and not before", () => {
    const { time, members, news } = build();
    members.enter(ann);
    members.depart(ann.id, "lost");
    time.pass(10_000);
    expect(members.count).toBe(1);
    expect(members.get(ann.id)).toEqual(ann);
    time.pass(TICK_MS);
    expect(members.count).toBe(0);
    expect(news).toEqual(["Ann entered, 1", "Ann left, 0"]);
  });

  it("[P1] announces nothing if a member is back in time", () => {
    const { time, members, news } = build();
    members.enter(ann);
    members.depart(ann.id, "lost");
    time.pass(9_900);
    members.enter(ann);
    time.pass(ABSENCE_MS * 2);
    expect(members.count).toBe(1);
    expect(news).toEqual(["Ann entered, 1"]);
  });

  it("[P3] lets a member who comes back take over from a socket that is not known to be lost", () => {
    const { time, members, news } = build();
    members.enter(ann);
    members.enter(ann);
    members.depart(ann.id, "lost");
    time.pass(ABSENCE_MS * 2);
    expect(members.list()).toEqual([ann]);
    expect(news).toEqual(["Ann entered, 1"]);
  });

  it("[P4] depends on how the last socket closed", () => {
    const { members } = build();
    members.enter(ann);
    members.enter(ann);
    members.depart(ann.id, "lost");
    members.depart(ann.id, "left");
    expect(members.count).toBe(0);
  });

  it("tells of another name once, and of the same name never", () => {
    const { members, news } = build();
    members.enter(ann);
    members.rename({ ...ann, name: "Anna" });
    members.rename({ ...ann, name: "Anna" });
    members.enter({ ...ann, name: "Anna" });
    members.enter({ ...ann, name: "Annie" });
    expect(news).toEqual(["Ann entered, 1", "ann-1 is Anna", "ann-1 is Annie"]);
    expect(members.list()).toEqual([{ ...ann, name: "Annie" }]);
  });

  it("ignores news about a member who is not there", () => {
    const { members, news } = build();
    members.rename(bob);
    members.depart(bob.id, "left");
    members.depart(bob.id, "lost");
    expect(members.count).toBe(0);
    expect(news).toEqual([]);
  });

  it("lists the first 200 by arrival, and counts all", () => {
    const { members } = build();
    const people = Array.from({ length: 250 }, (_, i) => ({ id: `id-${i}`, name: `Name ${i}` }));
    for (const person of people) members.enter(person);
    expect(members.list()).toEqual(people.slice(0, 200));
    expect(members.count).toBe(250);
  });

  it("keeps a member's permits over all their sockets, as long as they are on the list", () => {
    const { time, members } = build();
    members.enter(ann);
    const pace = members.paceOf(ann.id);
    pace?.take(time.now());
    members.enter(ann);
    members.depart(ann.id, "lost");
    members.depart(ann.id, "lost");
    members.enter(ann);
    expect(members.paceOf(ann.id)).toBe(pace);
    members.depart(ann.id, "left");
    expect(members.paceOf(ann.id)).toBeUndefined();
  });
});

const PEOPLE = [ann, bob, { id: "cem-1", name: "Cem" }] as const;
const person = fc.constantFrom(...PEOPLE);
const steps = fc.array(
  fc.oneof(
    fc.record({ is: fc.constant("enter" as const), person }),
    fc.record({
      is: fc.constant("depart" as const),
      person,
      how: fc.constantFrom<Departure[]>("left", "lost"),
    }),
    fc.record({ is: fc.constant("pass" as const), seconds: fc.integer({ min: 1, max: 12 }) }),
  ),
  { maxLength: 60 },
);

/** A model of the same: who has sockets, and who is away since when. */
function model() {
  const sockets = new Map<string, number>();
  const awayFor = new Map<string, number>();
  return {
    enter(id: string) {
      sockets.set(id, (sockets.get(id) ?? 0) + 1);
      awayFor.delete(id);
    },
    depart(id: string, how: Departure) {
      const left = (sockets.get(id) ?? 0) - 1;
      if (left < 0) return;
      sockets.set(id, left);
      if (left > 0) return;
      sockets.delete(id);
      if (how === "lost") awayFor.set(id, 0);
    },
    pass(seconds: number) {
      for (const [id, waited] of awayFor) {
        // A wait that is over exactly now ends with the next tick.
        if (waited + seconds > 10) awayFor.delete(id);
        else awayFor.set(id, waited + seconds);
      }
    },
    present: () => new Set([...sockets.keys(), ...awayFor.keys()]),
  };
}

describe("who is in a room, after anything at all", () => {
  it("[P1] [P4] is what the model says, and what was told adds up to it", () => {
    fc.assert(
      fc.property(steps, (steps) => {
        const { time, members, news } = build();
        const expected = model();
        for (const step of steps) {
          switch (step.is) {
            case "enter":
              members.enter(step.person);
              expected.enter(step.person.id);
              break;
            case "depart":
              members.depart(step.person.id, step.how);
              expected.depart(step.person.id, step.how);
              break;
            case "pass":
              time.pass(step.seconds * 1_000);
              expected.pass(step.seconds);
              break;
            default:
              unreachable(step);
          }
          const present = expected.present();
          expect(members.count).toBe(present.size);
          expect(new Set(members.list().map(({ id }) => id))).toEqual(present);
        }
        const entered = news.filter((text) => text.includes("entered")).length;
        const left = news.filter((text) => text.includes("left")).length;
        expect(entered - left).toBe(members.count);
      }),
      { numRuns: 300 },
    );
  });
});
