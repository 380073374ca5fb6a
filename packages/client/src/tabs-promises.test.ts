import fc from "fast-check";
import { expect, it } from "vitest";
import { FakeBrowser, type Tab } from "./testing/fake-browser.ts";
import { settled } from "./testing/fake-clock.ts";
import type { FakeSocket } from "./testing/fake-socket.ts";
import { ModelRoom } from "./testing/model-room.ts";
import { visit, type Visit } from "./testing/visit.ts";
import { PromiseWatcher } from "./testing/witness.ts";

/** What can happen to one tab of several, with its weight. */
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
  isRefused: 1,
  breaks: 2,
  /** Nothing arrives any more, and the socket does not close. */
  goesSilent: 1,
  /** The user looks at this tab, and at no other. */
  isLookedAt: 3,
  /** Nothing runs in this tab until it is looked at. */
  isSuspended: 2,
  /** The tab crashes and opens again. */
  crashes: 1,
  /** The page reloads. */
  reloads: 1,
  waits: 3,
};
type Happening = keyof typeof happenings;

/** One tab, and all clients that it opened. */
class Page {
  readonly witness = new PromiseWatcher();
  readonly tab: Tab;
  readonly #visit: Visit;
  readonly #cut = new Set<FakeSocket>();
  readonly #opened = new Set<FakeSocket>();
  isSuspended = false;

  constructor(tab: Tab, takesTurns: boolean) {
    this.tab = tab;
    const { outbox, sendLock } = tab;
    const turn = takesTurns ? { sendLock } : {};
    this.#visit = visit({ name: "Anna", token: "Anna".padEnd(22, "_"), outbox, ...turn });
    this.#visit.client.subscribe(this.witness.see);
  }

  say(text: string): void {
    this.#visit.client.say(text);
  }

  close(): void {
    this.#visit.client.close();
  }

  lookAt(): void {
    this.tab.isVisible = true;
    this.isSuspended = false;
    this.tab.goOn();
    this.#visit.wake();
  }

  open(): void {
    const { socket } = this.#visit;
    if (this.#opened.has(socket) || socket.ended) return;
    this.#opened.add(socket);
    socket.open();
  }

  isRead(room: ModelRoom): void {
    if (!this.#cut.has(this.#visit.socket)) room.read(this.#visit.socket);
  }

  isTold(room: ModelRoom): void {
    if (!this.#visit.socket.ended) room.deliver(this.#visit.socket);
  }

  isReadLate(room: ModelRoom): void {
    for (const socket of this.#visit.sockets) if (this.#cut.has(socket)) room.read(socket);
  }

  silence(room: ModelRoom): void {
    this.#cut.add(this.#visit.socket);
    room.cut(this.#visit.socket);
  }

  shut(): void {
    this.#visit.socket.shut(1006);
  }

  wait(ms: number): void {
    this.#visit.clock.advance(ms);
  }
}

/** A member with two tabs of one browser in one room. */
class Anna {
  readonly said: string[] = [];
  readonly pages: [Page, Page];
  readonly #browser = new FakeBrowser();
  readonly #takesTurns: boolean;
  readonly #gone: Page[] = [];

  constructor(takesTurns: boolean) {
    this.#takesTurns = takesTurns;
    this.pages = [this.#openPage(), this.#openPage()];
  }

  async meets(place: 0 | 1, what: Happening, room: ModelRoom): Promise<void> {
    const page = this.pages[place];
    // Nothing runs in a suspended tab, but its sent frames may still be read, or its socket cut
    // off.
    if (!page.isSuspended || what === "isLookedAt" || what === "isReadLate") {
      this.#happens(place, page, what, room);
    }
    await settled();
  }

  #happens(place: 0 | 1, page: Page, what: Happening, room: ModelRoom): void {
    switch (what) {
      case "says":
        this.said.push(`Anna ${this.said.length + 1}`);
        page.say(this.said.at(-1) ?? "");
        break;
      case "opens":
        page.open();
        break;
      case "isRead":
        page.isRead(room);
        break;
      case "isTold":
        page.isTold(room);
        break;
      case "isReadLate":
        for (const each of [...this.#gone, ...this.pages]) each.isReadLate(room);
        break;
      case "isRefused":
        room.refusing += 1;
        break;
      case "breaks":
        page.silence(room);
        page.shut();
        break;
      case "goesSilent":
        page.silence(room);
        break;
      case "isLookedAt":
        for (const { tab } of this.pages) tab.isVisible = false;
        page.lookAt();
        break;
      case "isSuspended":
        page.isSuspended = true;
        page.tab.suspend();
        break;
      case "crashes":
      case "reloads":
        if (what === "reloads") page.close();
        page.silence(room);
        page.tab.die();
        this.#gone.push(page);
        this.pages[place] = this.#openPage();
        break;
      case "waits":
        room.ping();
        page.wait(1_000);
        break;
      default:
        what satisfies never;
    }
  }

  /** Everything works from now on: waits until nothing is under way. */
  async comesToRest(room: ModelRoom): Promise<void> {
    for (let turn = 0; turn < 2_000 && !this.#isAtRest(room); turn += 1) {
      room.ping();
      for (const page of this.pages) {
        page.open();
        for (let frame = 0; frame < 10; frame += 1) {
          page.isRead(room);
          page.isTold(room);
          await settled();
        }
        page.wait(1_000);
        await settled();
      }
    }
  }

  #isAtRest(room: ModelRoom): boolean {
    return this.pages.every(
      ({ witness }) => witness.pending === 0 && witness.last === room.head && room.head > 0,
    );
  }

  #openPage(): Page {
    return new Page(this.#browser.openTab(), this.#takesTurns);
  }
}

const happening = fc.oneof(
  ...Object.entries(happenings).map(([what, weight]) => ({
    arbitrary: fc.constant(what as Happening),
    weight,
  })),
);
const schedule = fc.array(fc.tuple(fc.constantFrom(0 as const, 1 as const), happening), {
  minLength: 60,
  maxLength: 200,
});

it.each([
  ["take turns at sending", true],
  ["cannot take turns", false],
])(
  "[D2] [D5] what is written in two tabs that %s is in the log once, in the order of writing",
  async (_, takesTurns) => {
    await fc.assert(
      fc.asyncProperty(schedule, async (schedule) => {
        const room = new ModelRoom();
        const anna = new Anna(takesTurns);
        for (const [place, what] of schedule) await anna.meets(place, what, room);
        room.refusing = 0;
        await anna.meets(1, "isLookedAt", room);
        await anna.meets(0, "isLookedAt", room);
        await anna.meets(0, "says", room);
        await anna.comesToRest(room);

        expect(room.log.map(({ payload }) => "message" in payload && payload.message)).toEqual(
          anna.said,
        );
        for (const { witness } of anna.pages) {
          expect(witness.pending).toBe(0);
          expect(witness.shown).toEqual(room.log.slice(-witness.shown.length));
          expect(witness.last).toBe(room.head);
        }
      }),
      { numRuns: 300 },
    );
  },
);
