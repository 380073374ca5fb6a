import { MEMBERS_LISTED_MAX, unreachable, type Member } from "@parley/protocol";
import { settled } from "@parley/testkit/settled";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeTime } from "../../test/fake-time.ts";
import { openRoom, Viewer } from "../../test/viewer.ts";
import {
  CROWD_TOLD_EVERY_MS,
  CROWD_TOLD_MS_EACH,
  PRESENCE_HELD_MS,
  TICK_MS,
  TYPISTS_TOLD_MAX,
} from "../limits/limits.ts";
import { SIGNALS_A_TURN } from "../delivery/fan-out.ts";
import { NO_LIMITS, type Rate } from "../limits/rates.ts";
import type { Room } from "./room.ts";

/** Long enough for everything that is held to be told and written, in ms. */
const ALL_TOLD_MS = PRESENCE_HELD_MS * 2;

const memberOf = (n: number): Member => ({ id: `member-${n}`, name: `Member ${n}` });

let time: FakeTime;
let room: Room;

/** A room of so many, of whom these read what they are told. */
async function fill(
  size: number,
  readers: readonly number[],
  presence: Rate = NO_LIMITS.presence,
): Promise<readonly Viewer[]> {
  time = new FakeTime();
  room = openRoom(time, { ...NO_LIMITS, presence });
  const viewers = Array.from({ length: size }, (_, n) => new Viewer(memberOf(n)));
  for (const [n, viewer] of viewers.entries()) {
    if (!readers.includes(n)) viewer.connection.send = () => {};
    await viewer.enter(room);
  }
  await pass(ALL_TOLD_MS);
  for (const viewer of viewers) viewer.read();
  return viewers;
}

async function pass(ms: number): Promise<void> {
  await written();
  time.pass(ms);
  await written();
}

/** A large room is written to in turns: all of them, and those of what comes next. */
async function written(): Promise<void> {
  const turns = (room.presence.count / SIGNALS_A_TURN) * 2;
  for (let turn = 0; turn <= turns; turn += 1) await settled();
}

const come = (n: number) => Viewer.come(room, memberOf(n));
function go({ subscriber }: Viewer): void {
  if (subscriber) room.leave(subscriber, "left");
}

describe("a room of ten thousand", () => {
  const SIZE = 10_000;
  const SECONDS = 10;
  /** What one member is told meanwhile: the number of all, once in a pause. */
  const TOLD_MAX = Math.ceil((SECONDS * 1_000) / (SIZE * CROWD_TOLD_MS_EACH)) + 1;
  const FIRST = 0;
  /** Beyond those who are listed, and not the last, of whom everybody was told. */
  const LATE = SIZE - 10;
  let first: Viewer;
  let late: Viewer;
  beforeEach(async () => {
    const viewers = await fill(SIZE, [FIRST, LATE]);
    first = viewers[FIRST] ?? expect.fail();
    late = viewers[LATE] ?? expect.fail();
  });

  it("[P6] tells of a storm of joins by their number, and leaves out none", async () => {
    expect([first.count, late.count]).toEqual([SIZE, SIZE]);
    const there: Viewer[] = [];
    for (let second = 0; second < SECONDS; second += 1) {
      for (let n = 0; n < 100; n += 1) there.push(await come(SIZE + second * 100 + n));
      for (const viewer of there.splice(0, 50)) go(viewer);
      await pass(1_000);
    }
    expect(first.read()).toBeLessThanOrEqual(TOLD_MAX);
    await pass(ALL_TOLD_MS);
    for (const viewer of [first, late, ...there]) {
      viewer.read();
      expect(viewer.count).toBe(SIZE + SECONDS * 50);
    }
  });

  it("[P6] tells everybody of a listed member, and of another name only its own", async () => {
    room.presence.rename({ ...memberOf(1), name: "Listed" });
    room.presence.rename({ ...memberOf(LATE), name: "Unlisted" });
    room.presence.depart(memberOf(2).id, "left");
    await pass(ALL_TOLD_MS);
    const told = ["renamed Listed 10000", "left Member 2 9999"];
    expect(first.connection.readGist()).toEqual(told);
    expect(late.connection.readGist().toSorted()).toEqual(
      ["renamed Unlisted 10000", ...told].toSorted(),
    );
  });

  it("tells of few who type", async () => {
    for (let n = 10; n < 100; n += 1) room.announceTyping(memberOf(n), true);
    room.announceTyping(memberOf(10), false);
    room.announceTyping(memberOf(99), false);
    await pass(ALL_TOLD_MS);
    expect(first.connection.readAll("typing")).toHaveLength(TYPISTS_TOLD_MAX + 1);
    room.announceTyping(memberOf(99), true);
    await pass(ALL_TOLD_MS);
    expect(first.connection.readAll("typing")).toEqual([{ member: memberOf(99), on: true }]);
  });
});

describe("a room of more members than are listed", () => {
  const SIZE = MEMBERS_LISTED_MAX + 10;
  const UNLISTED = SIZE - 5;
  let first: Viewer;
  beforeEach(async () => {
    [first = expect.fail()] = await fill(SIZE, [0]);
  });
  const told = () => first.connection.readGist();

  it("[P6] tells that somebody left of whom it told that they came", async () => {
    const late = await come(SIZE);
    await pass(ALL_TOLD_MS);
    expect(told()).toEqual([`entered Member ${SIZE} ${SIZE + 1}`]);
    go(late);
    room.presence.depart(memberOf(UNLISTED).id, "left");
    await pass(ALL_TOLD_MS);
    expect(told()).toEqual([`left Member ${SIZE} ${SIZE}`, `left Member ${UNLISTED} ${SIZE - 1}`]);
  });

  it("[P6] tells of the number at once, and then a second after it last did", async () => {
    await come(SIZE);
    await pass(CROWD_TOLD_EVERY_MS / 2);
    expect(told()).toEqual([`entered Member ${SIZE} ${SIZE + 1}`]);
    await come(SIZE + 1);
    await pass(CROWD_TOLD_EVERY_MS / 2);
    expect(told()).toEqual([]);
    await pass(CROWD_TOLD_EVERY_MS);
    expect(told()).toEqual([`entered Member ${SIZE + 1} ${SIZE + 2}`]);
  });

  it("[P6] adds no more than as many again to those who are listed", async () => {
    for (let more = 0; more < MEMBERS_LISTED_MAX; more += 1) {
      await come(SIZE + more);
      await pass(2 * CROWD_TOLD_EVERY_MS);
    }
    const frames = told();
    expect(frames).toHaveLength(MEMBERS_LISTED_MAX);
    const last = frames.at(-1) ?? expect.fail();
    await come(2 * SIZE);
    await pass(ALL_TOLD_MS);
    const count = SIZE + MEMBERS_LISTED_MAX;
    expect(told()).toEqual([last.replace(`${count}`, `${count + 1}`)]);
  });
});

describe("many who leave a room of more than are listed, beyond its pace", () => {
  const pace = { perSecond: 1, burst: 1 };

  it("[P6] are told of, also if somebody comes in between", async () => {
    const size = MEMBERS_LISTED_MAX + 10;
    const more = 40;
    const there = [...(await fill(size, [0], pace))];
    const [first = expect.fail()] = there;
    for (let n = size; n < size + more; n += 1) {
      there.push(await come(n));
      await pass(2 * CROWD_TOLD_EVERY_MS);
    }
    for (const viewer of there.slice(1, more + 1)) go(viewer);
    await come(size + more);
    await pass(ALL_TOLD_MS);
    first.read();
    expect(first.count).toBe(size + 1);
    for (const [id] of first.listed) expect(room.presence.get(id)?.id).toBe(id);
  });

  it("are shown to who comes meanwhile, but no more than may be listed", async () => {
    const size = MEMBERS_LISTED_MAX + 2;
    const there = await fill(size, [], pace);
    for (const viewer of there.slice(0, 4)) go(viewer);
    const late = await come(size);
    expect(late.listed.size).toBe(MEMBERS_LISTED_MAX);
    expect(late.count).toBe(size);
  });
});

const who = fc.nat(MEMBERS_LISTED_MAX + 20);
const step = fc.oneof(
  fc.record({ is: fc.constant("turn" as const), who: fc.array(who, { maxLength: 30 }) }),
  fc.record({ is: fc.constant("rename" as const), who, name: fc.constantFrom("X", "Y", "Z") }),
  fc.record({ is: fc.constant("wait" as const), ms: fc.constantFrom(TICK_MS, 1_000, 5_000) }),
);

it("[P6] gives everybody the number in the end, and lists nobody who is not here", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), run), {
    seed: 21,
    numRuns: 30,
  });
}, 60_000);

async function run(
  steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
): Promise<void> {
  const crowd = await fill(MEMBERS_LISTED_MAX + 10, [0, 100, MEMBERS_LISTED_MAX + 5]);
  const here = new Map(crowd.entries());
  for (const each of steps) {
    switch (each.is) {
      case "turn":
        for (const n of new Set(each.who)) {
          const viewer = here.get(n);
          if (viewer) {
            go(viewer);
            here.delete(n);
          } else here.set(n, await come(n));
        }
        break;
      case "rename":
        room.presence.rename({ ...memberOf(each.who), name: each.name });
        break;
      case "wait":
        await pass(each.ms);
        break;
      default:
        unreachable(each);
    }
  }
  await pass(ALL_TOLD_MS);
  expect(room.presence.count).toBe(here.size);
  for (const viewer of here.values()) {
    if (viewer.read() === 0 && crowd.includes(viewer)) continue;
    expect(viewer.count).toBe(here.size);
    for (const [id, name] of viewer.listed) expect(room.presence.get(id)?.name).toBe(name);
  }
}
