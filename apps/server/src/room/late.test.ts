import fc from "fast-check";
import { expect, it } from "vitest";
import { unreachable } from "@parley/protocol";
import { mintToken } from "../identity.ts";
import { BACKLOG_BYTES_MAX } from "../limits.ts";
import { chatDraft } from "../../test/drafts.ts";
import { Late, lateClock } from "../../test/late.ts";
import { LateLog } from "../../test/late-log.ts";
import { latePeople } from "../../test/late-people.ts";
import { Reader } from "../../test/reader.ts";
import { World, type Visitor } from "../../test/world.ts";

const ROOMS = ["lobby", "attic"] as const;
const TOKENS = [mintToken(), mintToken(), mintToken()];
/** The same runs every time. After a change here, try other seeds, too. */
const RUNS = { seed: 7, numRuns: 100 };
/** How long it takes until everybody who has gone is off the list, in s. */
const OVER_S = 45;

const which = fc.nat(20);
const step = fc.oneof(
  { weight: 30, arbitrary: fc.record({ is: fc.constant("answer" as const), which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("fail" as const), which }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant("come" as const), which }) },
  { weight: 6, arbitrary: fc.record({ is: fc.constant("say" as const), which }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("repeat" as const), which }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("read" as const), which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("move" as const), which }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("stall" as const), which }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("drain" as const), which }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("close" as const), which }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant("write" as const), which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("lose" as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("wait" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Somebody with a connection, and what they make of what they are sent. */
interface Person {
  readonly visitor: Visitor;
  readonly reader: Reader;
  readonly repeated: Set<string>;
  readonly token: string;
  room: number;
  said: string[];
  open: boolean;
}

class Rooms {
  readonly late = new Late();
  readonly log = new LateLog(this.late);
  readonly world = new World(
    this.log,
    { LIMITS: "off" },
    latePeople(this.late),
    lateClock(this.late),
  );
  readonly people: Person[] = [];
  #said = 0;

  async do(step: Step): Promise<void> {
    const open = this.people.filter((person) => person.open);
    const person = "which" in step ? open[step.which % open.length] : undefined;
    switch (step.is) {
      case "answer":
        this.late.step(step.which);
        break;
      case "fail":
        this.late.step(step.which, true);
        break;
      case "come":
        this.#come(step.which);
        break;
      case "say":
        if (person) this.#say(person);
        break;
      case "repeat":
        if (person) this.#repeat(person);
        break;
      case "read":
        person?.visitor.send("history", step.which % 2 === 0 ? {} : { after: 0, limit: 200 });
        break;
      case "move":
        if (person) this.#move(person);
        break;
      case "stall":
        if (person) person.visitor.connection.unread = BACKLOG_BYTES_MAX + 1;
        break;
      case "drain":
        person?.visitor.connection.drain();
        break;
      case "close":
        if (person) this.#close(person, step.which % 2 === 0 ? 1000 : 1006);
        break;
      case "write":
        await this.log.write(ROOMS[step.which % 2] ?? "lobby", chatDraft("elsewhere"));
        break;
      case "lose":
        this.log.lose();
        break;
      case "wait":
        this.world.time.pass(1_000);
        break;
      default:
        unreachable(step);
    }
    await this.turn();
  }

  /** Everything that can run runs; everybody reads what they were sent. */
  async turn(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    for (const person of this.people) {
      const { visitor, reader } = person;
      for (const frame of visitor.connection.read()) reader.take(frame);
      const { closedWith } = visitor.connection;
      if (person.open && closedWith !== undefined) this.#close(person, closedWith);
    }
  }

  /** Every answer comes, and everybody reads. */
  async settle(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      for (const { visitor } of this.people) visitor.connection.drain();
      await this.turn();
      while (this.late.step(0)) await this.turn();
      this.world.time.pass(1_000);
      await this.turn();
    }
  }

  closeAll(): void {
    for (const person of this.people) if (person.open) this.#close(person, 1000);
  }

  #come(which: number): void {
    const token = TOKENS[which % TOKENS.length] ?? "";
    const repeated = new Set<string>();
    const reader = new Reader(this.log.past, repeated);
    const visitor = this.world.visit();
    const room = which % 2;
    const person = { visitor, reader, repeated, token, room, said: [], open: true };
    this.people.push(person);
    this.#join(person);
  }

  #move(person: Person): void {
    person.room = 1 - person.room;
    this.#join(person);
  }

  #join({ visitor, reader, room, token }: Person): void {
    reader.joins += 1;
    visitor.send("join", { roomId: ROOMS[room] ?? "lobby", token, name: token.slice(0, 8) });
  }

  #say({ visitor, said }: Person): void {
    const id = `said-${(this.#said += 1)}`;
    said.push(id);
    visitor.send("chat", { message: id, id });
  }

  #repeat({ visitor, said, repeated }: Person): void {
    const id = said.at(-1);
    if (id === undefined) return;
    repeated.add(id);
    visitor.send("chat", { message: id, id });
  }

  #close(person: Person, code: number): void {
    person.open = false;
    person.visitor.close(code);
  }
}

it("[O2] [R3] [R5] [P3] sends everybody everything once, in order, and loses nobody, whatever comes when", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 150 }), async (steps) => {
      const rooms = new Rooms();
      for (const step of steps) await rooms.do(step);
      await rooms.settle(OVER_S);
      for (const roomId of ROOMS) await rooms.log.write(roomId, chatDraft("the last"));
      await rooms.settle(1);
      const inside = rooms.people.filter(({ open, reader }) => open && reader.known);
      for (const { reader } of inside) {
        const { known } = reader;
        if (!known) throw new Error("They are inside.");
        const epoch = await rooms.log.epochOf(known.roomId);
        const { length } = rooms.log.past.get(`${epoch} ${known.roomId}`) ?? [];
        const here = inside.filter((each) => each.reader.known?.roomId === known.roomId);
        const ids = new Set(here.map((each) => each.reader.known?.selfId));
        expect({ epoch: known.epoch, last: known.last }).toEqual({ epoch, last: length });
        expect(new Set(known.members.keys())).toEqual(ids);
        expect(known.count).toBe(ids.size);
      }
      expect(rooms.world.failures).toEqual([]);
      rooms.closeAll();
      await rooms.settle(OVER_S);
      const { world, log } = rooms;
      expect([world.rooms.count, world.rooms.memberCount, log.followers]).toEqual([0, 0, 0]);
    }),
    RUNS,
  );
}, 120_000);
