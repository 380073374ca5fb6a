import { unreachable, type DownFrame } from "@parley/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TICK_MS } from "../limits/limits.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { chatDraft } from "../../test/drafts.ts";
import { HeldLog } from "../../test/held-log.ts";
import { settled } from "@parley/testkit/settled";
import { World, type Visitor } from "../../test/world.ts";

function build() {
  const memory = new MemoryLog();
  const log = new HeldLog(memory);
  const world = new World(log);
  /** Appends a message to the log, as a member on any server would. */
  const append = (message: string) => memory.append("lobby", chatDraft(message));
  /** Somebody starts to join, and may wait for the log. */
  const come = (name: string): Visitor => {
    const visitor = world.visit();
    visitor.send("join", { roomId: "lobby", name });
    return visitor;
  };
  return { memory, log, world, append, come };
}

/** What a connection was sent of the log: the seqs in `joined`, its head, and those that came live. */
function readLog(frames: readonly DownFrame[]) {
  const joined = frames.filter(({ type }) => type === "joined");
  const [first] = joined;
  if (joined.length !== 1 || first?.type !== "joined") throw new Error("Not joined once.");
  const before = frames.slice(0, frames.indexOf(first));
  const live = frames.flatMap((frame) => (frame.type === "chat" ? [frame.payload.seq] : []));
  const { entries, head } = first.payload;
  return { early: before.length, window: entries.map(({ payload }) => payload.seq), head, live };
}

describe("a join", () => {
  it("[R3] is sent an entry that comes after the log was read, once, after joined", async () => {
    const { log, append, come } = build();
    await append("one");
    log.hold("read", "after");
    const { connection } = come("Ann");
    await settled();
    await append("two");
    expect(connection.read()).toEqual([]);
    log.letThrough("read");
    log.release("read");
    await settled();
    await append("three");
    await settled();
    const expected = { early: 0, window: [1], head: 1, live: [2, 3] };
    expect(readLog(connection.read())).toEqual(expected);
  });

  it("[R3] is not sent an entry again that came before the log was read", async () => {
    const { log, append, come } = build();
    log.hold("read", "before");
    const { connection } = come("Ann");
    await settled();
    await append("one");
    log.letThrough("read");
    log.release("read");
    await settled();
    await append("two");
    await settled();
    const expected = { early: 0, window: [1], head: 1, live: [2] };
    expect(readLog(connection.read())).toEqual(expected);
  });

  it("[R3] follows before it reads, so that it waits for a log that is slow to follow", async () => {
    const { log, append, come } = build();
    log.hold("follow", "after");
    const { connection } = come("Ann");
    await settled();
    await append("one");
    expect(connection.read()).toEqual([]);
    // Of the member's bell, and of the room.
    log.release("follow");
    await settled();
    expect(connection.read()).toEqual([]);
    log.release("follow");
    await settled();
    expect(readLog(connection.read())).toMatchObject({ window: [1], live: [] });
  });

  it("[R3] sends every entry exactly once and in order, in any order of events", async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant({ is: "append" } as const) },
      { weight: 2, arbitrary: fc.constant({ is: "come" } as const) },
      { weight: 3, arbitrary: fc.record({ is: fc.constant("release" as const), which: fc.nat() }) },
      { weight: 2, arbitrary: fc.constant({ is: "turn" } as const) },
    );
    const where = fc.constantFrom("before", "after");
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), where, async (steps, where) => {
        const { memory, log, world, append, come } = build();
        const visitors: Visitor[] = [];
        log.hold("read", where);
        for (const step of steps) {
          const waiting = log.waiting("read");
          switch (step.is) {
            case "append":
              await append("something");
              break;
            case "come":
              visitors.push(come(`Name ${visitors.length}`));
              break;
            case "release":
              if (waiting > 0) log.release("read", step.which % waiting);
              break;
            case "turn":
              await settled();
              break;
            default:
              unreachable(step);
          }
        }
        log.letThrough("read");
        await settled();
        while (log.waiting("read") > 0) log.release("read");
        await settled();
        await append("the last");
        await settled();
        // A room of some size gathers what is said for longer than a turn.
        world.time.pass(TICK_MS);
        const { head: end } = await memory.read("lobby", { limit: 0 });
        for (const { connection } of visitors) {
          const { early, window, head, live } = readLog(connection.read());
          expect(early).toBe(0);
          expect(window).toEqual(Array.from({ length: head }, (_, i) => i + 1));
          expect(live).toEqual(Array.from({ length: end - head }, (_, i) => head + 1 + i));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a room on this server", () => {
  it("[O2] sends everybody the same entries in the same order, and others nothing", async () => {
    const { world } = build();
    const people = await Promise.all(["Ann", "Bob"].map((name) => world.join("lobby", name)));
    const other = await world.join("attic", "Cem");
    for (const { connection } of people) connection.read();
    for (let i = 0; i < 10; i += 1) people[i % 2]?.send("chat", { message: `${i}` });
    await settled();
    const [ann, bob] = people.map(({ connection }) => connection.readGist());
    expect(ann).toEqual(Array.from({ length: 10 }, (_, i) => `chat ${i}`));
    expect(bob).toEqual(ann);
    expect(other.connection.read()).toEqual([]);
  });

  it("is dropped with the last member, stops following, and starts again where its log ended", async () => {
    const { log, world } = build();
    const ann = await world.join("lobby", "Ann");
    await ann.say("one");
    expect(world.rooms.count).toBe(1);
    // Of the room, and of the bell of its member.
    expect(log.followers).toBe(2);
    ann.close(1000);
    expect(world.rooms.count).toBe(0);
    await settled();
    expect(log.followers).toBe(0);
    const { joined } = await world.join("lobby", "Bob");
    expect(joined).toMatchObject({ head: 1, count: 1 });
    expect(joined.entries).toHaveLength(1);
  });

  it("[P4] stays as long as somebody is only away", async () => {
    const { world } = build();
    const ann = await world.join("lobby", "Ann");
    ann.close(1001);
    world.time.pass(10_000);
    expect(world.rooms.count).toBe(1);
    world.time.pass(100);
    expect(world.rooms.count).toBe(0);
  });

  it("stays while somebody is on the way in", async () => {
    const { log, world, come } = build();
    const ann = await world.join("lobby", "Ann");
    log.hold("read");
    const bob = come("Bob");
    await settled();
    ann.close(1000);
    expect(world.rooms.count).toBe(1);
    log.release("read");
    await settled();
    expect(bob.connection.readGist()).toEqual(["joined lobby"]);
    expect(world.rooms.memberCount).toBe(1);
  });

  it("[D4] can be joined again after the log was away when it was first asked", async () => {
    const { log, world, come } = build();
    log.hold("follow");
    const ann = come("Ann");
    await settled();
    log.fail("follow");
    log.letThrough("follow");
    await settled();
    expect(ann.connection.readGist()).toEqual(["error unavailable"]);
    expect(world.rooms.count).toBe(0);
    ann.send("join", { roomId: "lobby" });
    await settled();
    expect(ann.connection.readGist()).toEqual(["joined lobby"]);
  });
});
