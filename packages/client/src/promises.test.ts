import fc from "fast-check";
import { expect, it } from "vitest";
import type { Outbox } from "./storage/outbox.ts";
import { createMemoryOutbox } from "./storage/outbox-memory.ts";
import { RefusedError } from "./refused-error.ts";
import { settled } from "./testing/fake-clock.ts";
import type { FakeSocket } from "./testing/fake-socket.ts";
import { ModelRoom } from "./testing/model-room.ts";
import { visit, type Visit } from "./testing/visit.ts";
import { PromiseWatcher } from "./testing/witness.ts";

/** What can happen to a member and their connection, with its weight. */
const happenings = {
  says: 6,
  /** The newest socket opens. */
  opens: 4,
  /** The server reads a frame. */
  isRead: 8,
  /** A frame from the server arrives. */
  isTold: 8,
  /** A frame that an old socket sent is read after all. */
  isReadLate: 2,
  /** A live entry is lost on its way. */
  missesOne: 2,
  isRefused: 1,
  breaks: 2,
  /** Nothing arrives any more, and the socket does not close. */
  goesSilent: 1,
  wakes: 1,
  /** The page reloads, with the same outbox. */
  reloads: 1,
  waits: 3,
  /** Asks for a page of history. */
  looksBack: 2,
  /** Another member sends more than a page. */
  hearsALot: 1,
  /** The start of the log is trimmed. */
  forgets: 1,
};
type Happening = keyof typeof happenings;

class Person {
  readonly said: string[] = [];
  /** The pages that were asked for. Each promise settles once the page is checked. */
  readonly pages: Promise<void>[] = [];
  #pagesLeft = 0;
  readonly #name: string;
  readonly #outbox: Outbox = createMemoryOutbox();
  readonly #cut = new Set<FakeSocket>();
  readonly #opened = new Set<FakeSocket>();
  readonly #left: FakeSocket[] = [];
  #visit: Visit;
  #witness: PromiseWatcher;

  constructor(name: string) {
    this.#name = name;
    [this.#visit, this.#witness] = this.#arrive();
  }

  get witness(): PromiseWatcher {
    return this.#witness;
  }

  async meets(what: Happening, room: ModelRoom): Promise<void> {
    const { client, socket, clock } = this.#visit;
    switch (what) {
      case "says":
        client.say(this.#nextText());
        break;
      case "opens":
        this.#open();
        break;
      case "isRead":
        if (!this.#cut.has(socket)) room.read(socket);
        break;
      case "isTold":
        if (!socket.ended) room.deliver(socket);
        break;
      case "isReadLate":
        for (const old of this.#oldSockets()) room.read(old);
        break;
      case "missesOne":
        room.lose(socket);
        break;
      case "isRefused":
        room.refusing += 1;
        break;
      case "breaks":
        this.#silence(socket, room);
        socket.shut(1006);
        break;
      case "goesSilent":
        this.#silence(socket, room);
        break;
      case "wakes":
        this.#visit.wake();
        break;
      case "reloads":
        this.#silence(socket, room);
        client.close();
        this.#left.push(...this.#visit.sockets);
        [this.#visit, this.#witness] = this.#arrive();
        break;
      case "waits":
        room.ping();
        clock.advance(1_000);
        break;
      case "looksBack":
        this.#lookBack();
        break;
      case "hearsALot":
        for (let n = 0; n < 250; n += 1) {
          room.hear({ id: "crowd", name: "Crowd" }, `crowd-${room.head}`);
        }
        break;
      case "forgets":
        room.first = Math.max(room.first, room.head - 20);
        break;
      default:
        what satisfies never;
    }
    await settled();
  }

  /** Everything works from now on: waits until nothing is under way. */
  async comesToRest(room: ModelRoom): Promise<void> {
    for (let turn = 0; turn < 2_000 && !this.#isAtRest(room); turn += 1) {
      this.#open();
      room.ping();
      for (let frame = 0; frame < 10; frame += 1) {
        await this.meets("isRead", room);
        await this.meets("isTold", room);
      }
      this.#visit.clock.advance(1_000);
      await settled();
    }
  }

  /** The page that arrives is the one that was asked for, also while others are out. */
  #lookBack(): void {
    const { last } = this.#witness;
    // Beyond the end of the log, the answer would be its last page.
    const before = Math.min((last >> 1) + this.pages.length, last + 1);
    const page = this.#visit.client.history(before, 10).then(
      ({ entries }) => {
        for (const [index, { payload }] of entries.toReversed().entries()) {
          if (payload.seq !== before - 1 - index) throw new Error("It is another page.");
        }
      },
      (error: unknown) => {
        if (!(error instanceof RefusedError)) throw error;
      },
    );
    this.#pagesLeft += 1;
    this.pages.push(page.finally(() => (this.#pagesLeft -= 1)));
  }

  #isAtRest(room: ModelRoom): boolean {
    if (this.#pagesLeft > 0) return false;
    return this.#witness.pending === 0 && this.#witness.last === room.head && room.head > 0;
  }

  #open(): void {
    const { socket } = this.#visit;
    if (this.#opened.has(socket) || socket.ended) return;
    this.#opened.add(socket);
    socket.open();
  }

  #silence(socket: FakeSocket, room: ModelRoom): void {
    this.#cut.add(socket);
    room.cut(socket);
  }

  #oldSockets(): FakeSocket[] {
    return [...this.#left, ...this.#visit.sockets.slice(0, -1)];
  }

  #nextText(): string {
    const text = `${this.#name} ${this.said.length + 1}`;
    this.said.push(text);
    return text;
  }

  #arrive(): [Visit, PromiseWatcher] {
    const witness = new PromiseWatcher();
    const token = this.#name.padEnd(22, "_");
    const arrived = visit({ name: this.#name, token, outbox: this.#outbox });
    arrived.client.subscribe(witness.see);
    return [arrived, witness];
  }
}

const anna = fc.constant("Anna" as const);
const ben = fc.constant("Ben" as const);
const happening = fc.oneof(
  ...Object.entries(happenings).map(([what, weight]) => ({
    arbitrary: fc.constant(what as Happening),
    weight,
  })),
);
const schedule = fc.array(fc.tuple(fc.oneof(anna, ben), happening), {
  minLength: 60,
  maxLength: 200,
});

it("[D1] [D2] [D4] [D5] [R1] [R4] after any events, the log has all messages once, in the order of writing, and shows them without gaps or doubles", async () => {
  await fc.assert(
    fc.asyncProperty(schedule, fc.boolean(), async (schedule, namesAnswers) => {
      const room = new ModelRoom(namesAnswers);
      const people = { Anna: new Person("Anna"), Ben: new Person("Ben") };
      for (const [who, what] of schedule) await people[who].meets(what, room);
      room.refusing = 0;
      await people.Anna.meets("says", room);
      for (const person of [people.Anna, people.Ben, people.Anna]) await person.comesToRest(room);

      for (const [name, { said, witness, pages }] of Object.entries(people)) {
        await Promise.all(pages);
        const logged = room.log.filter(({ payload }) => payload.from.name === name);
        expect(logged.map(textOf)).toEqual(said);
        expect(witness.pending).toBe(0);
        expect(witness.shown).toEqual(room.log.slice(-witness.shown.length));
        expect(witness.last).toBe(room.head);
        const mayBeCut = room.first > 1;
        const [first, ...others] = witness.windows;
        expect(first).toBe("first");
        expect(others.filter((why) => !mayBeCut || why !== "truncated")).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

function textOf(entry: ModelRoom["log"][number]): string {
  return "message" in entry.payload ? entry.payload.message : "";
}
