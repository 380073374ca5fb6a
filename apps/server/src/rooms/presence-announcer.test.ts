import { unreachable, type Member } from "@parley/protocol";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeTime } from "../../test/fake-time.ts";
import { openRoom, Viewer } from "../../test/viewer.ts";
import { settled } from "@parley/testkit/settled";
import { PRESENCE_HELD_MS, TICK_MS } from "../limits/limits.ts";
import type { Room } from "./room.ts";

/** Long enough for everything that is held to be told and written, in ms. */
const ALL_TOLD_MS = PRESENCE_HELD_MS + 1_000;

const people = ["a", "b", "c", "d", "e"].map((id) => ({ id, name: id.toUpperCase() }));

let time: FakeTime;
let room: Room;

/** A room that tells of so many at once, and of one more a second. */
function build(burst: number): void {
  time = new FakeTime();
  const rate = { perSecond: 1, burst };
  room = openRoom(time, { presence: rate, typing: rate });
}

async function pass(ms: number): Promise<void> {
  await settled();
  time.pass(ms);
  await settled();
}

const come = (member: Member) => Viewer.come(room, member);

function go({ subscriber }: Viewer): void {
  if (subscriber) room.leave(subscriber, "left");
}

const ann = { id: "ann", name: "Ann" };
const bob = { id: "bob", name: "Bob" };
const cid = { id: "cid", name: "Cid" };

describe("news of a room beyond its pace", () => {
  let first: Viewer;
  /** Ann is here, and the room has no permit left. */
  beforeEach(async () => {
    build(1);
    first = await come(ann);
  });
  const told = () => first.connection.readGist();

  it("[P5] is summed up: several names are one", async () => {
    for (const name of ["An", "Anna", "Anne"]) room.presence.rename({ ...ann, name });
    await pass(ALL_TOLD_MS);
    expect(told()).toEqual(["renamed Anne 1"]);
  });

  it("says nothing of a member who came and went, or went and came back", async () => {
    go(await come(bob));
    await pass(ALL_TOLD_MS);
    expect(told()).toEqual([]);
    const there = await come(bob);
    await pass(ALL_TOLD_MS);
    expect(told()).toEqual(["entered Bob 2"]);
    await come(cid);
    go(there);
    await come(bob);
    await pass(ALL_TOLD_MS);
    expect(told()).toEqual(["entered Cid 3"]);
  });

  it("says that a member who went and came back has another name", async () => {
    await pass(ALL_TOLD_MS);
    const there = await come(bob);
    await pass(TICK_MS);
    expect(told()).toEqual(["entered Bob 2"]);
    go(there);
    await come({ ...bob, name: "Bobby" });
    await pass(ALL_TOLD_MS);
    expect(told()).toEqual(["renamed Bobby 2"]);
  });

  it("shows a member who comes in between the room as it was told, and then the sum", async () => {
    const brief = await come(bob);
    const late = await come(cid);
    expect([[...late.listed.keys()], late.count]).toEqual([["ann", "cid"], 2]);
    go(brief);
    go(first);
    const latest = await come(people[0] ?? ann);
    expect([[...latest.listed.keys()], latest.count]).toEqual([["a", "ann"], 2]);
    await pass(ALL_TOLD_MS);
    // Who came knows that, but not how many have come and gone since.
    const sum = ["entered A 2", "entered Cid 2", "left Ann 2"];
    expect(late.connection.readGist().toSorted()).toEqual(sum);
    expect(latest.connection.readGist().toSorted()).toEqual(sum);
  });

  /** How long until Ann is told something, in whole seconds, and how many frames that is. */
  async function nextTold(): Promise<[number, number]> {
    for (let waited = 0; ; waited += TICK_MS) {
      const frames = told().length;
      if (frames > 0 || waited > ALL_TOLD_MS) return [Math.floor(waited / 1_000), frames];
      await pass(TICK_MS);
    }
  }

  it("waits for the pace, a second for each that was told before, and for 10 s at most", async () => {
    for (const member of people) await come(member);
    expect(await nextTold()).toEqual([1, 5]);
    for (let more = 0; more < 20; more += 1) await come({ id: `more-${more}`, name: "More" });
    expect(await nextTold()).toEqual([5, 20]);
    room.presence.rename({ ...ann, name: "Anne" });
    expect(await nextTold()).toEqual([10, 1]);
  });

  it("is left out if it is that somebody types", async () => {
    await come(bob);
    await pass(ALL_TOLD_MS);
    told();
    for (let times = 0; times < 10; times += 1) room.announceTyping(bob, true);
    await pass(ALL_TOLD_MS);
    expect(told()).toEqual(["typing"]);
  });
});

const who = fc.nat(people.length - 1);
const step = fc.oneof(
  fc.record({ is: fc.constant("come" as const), who }),
  fc.record({ is: fc.constant("go" as const), who }),
  fc.record({ is: fc.constant("rename" as const), who, name: fc.constantFrom("X", "Y", "Z") }),
  fc.record({ is: fc.constant("wait" as const), ms: fc.constantFrom(50, 1_000, 5_000) }),
);

it("[P5] shows everybody the same members in the end, for any order of joins", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), run),
    { seed: 21, numRuns: 200 },
  );
});

async function run(
  steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
  burst: number,
): Promise<void> {
  build(burst);
  const here = new Map<string, Viewer>();
  here.set(ann.id, await come(ann));
  for (const each of steps) {
    if (each.is === "wait") {
      await pass(each.ms);
      continue;
    }
    const member = people[each.who] ?? ann;
    const viewer = here.get(member.id);
    switch (each.is) {
      case "come":
        if (!viewer) here.set(member.id, await come(member));
        break;
      case "go":
        if (viewer) go(viewer);
        here.delete(member.id);
        break;
      case "rename":
        room.presence.rename({ ...member, name: each.name });
        break;
      default:
        unreachable(each);
    }
  }
  await pass(ALL_TOLD_MS);
  const names = Object.fromEntries(room.presence.list().map(({ id, name }) => [id, name]));
  for (const viewer of here.values()) {
    viewer.read();
    expect(Object.fromEntries(viewer.listed)).toEqual(names);
    expect(viewer.count).toBe(here.size);
  }
}
