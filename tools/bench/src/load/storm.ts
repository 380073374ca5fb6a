import { setTimeout as sleep } from "node:timers/promises";
import { parleyDialect } from "./dialect.ts";
import { inTurn } from "./in-turn.ts";
import type { Orders } from "./orders.ts";
import { OwnCpu } from "./own-cpu.ts";
import { Returner, type Welcome } from "./returner.ts";
import { Samples } from "./samples.ts";
import { targetOf } from "./targets.ts";

/** The messages of each room before the kill. */
const MESSAGES_BEFORE = 3;
/** How long joining, and each room's first messages, may take, in ms. */
const SETTLED_WITHIN_MS = 60_000;
/** While clients return, each room with a joined client sends a message this often, in ms. */
const SAY_EVERY_MS = 1_000;
/** How long the last messages may take, in ms. */
const LAST_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 20;

type Settle = Orders["settle"];
type Return = Orders["return"];

/** Many clients that lose their server at the same moment and reconnect by themselves. */
export class Storm implements Welcome {
  readonly #guests: Returner[] = [];
  readonly #plan: Settle["order"];
  /** When each returned last, in ms since 1970. */
  readonly #backAt = new Map<Returner, number>();
  #failedTries = 0;
  #caughtUp = 0;
  #notRecovered = 0;
  #outOfOrder = 0;
  #firstJoins = 0;
  #said = 0;
  /** What was sent and has not returned to its author. */
  readonly #awaited = new Map<string, { readonly author: Returner; readonly sentAt: number }>();
  #echoes = new Samples();

  constructor(plan: Settle["order"]) {
    this.#plan = plan;
  }

  /** Joins all, and lets each room send a few messages. */
  async settle(): Promise<Settle["report"]> {
    const { rooms, size, ports, atOnce } = this.#plan;
    const wanted = rooms * size;
    const from = performance.now();
    const deadline = from + SETTLED_WITHIN_MS;
    await inTurn(wanted, atOnce, async (index) => {
      const place = { room: index % rooms, seat: Math.floor(index / rooms) };
      const guest = new Returner(place, targetOf(index, place, ports, parleyDialect.path), this);
      this.#guests.push(guest);
      await until(() => guest.isIn, deadline);
    });
    const report = { joined: this.#firstJoins, ms: performance.now() - from };
    for (let said = 0; said < MESSAGES_BEFORE; said += 1) this.#sayInEachRoom();
    await until(() => this.#guests.every(({ seq }) => seq === MESSAGES_BEFORE), deadline);
    this.#backAt.clear();
    this.#failedTries = 0;
    return report;
  }

  /** Waits until everybody is back with all entries; those that are in write meanwhile. */
  async allBack({ killedAt, withinMs }: Return["order"]): Promise<Return["report"]> {
    const cpu = new OwnCpu();
    const wanted = this.#guests.length;
    this.#echoes = new Samples();
    this.#awaited.clear();
    const saidBefore = this.#said;
    const talking = setInterval(() => this.#sayInEachRoom(), SAY_EVERY_MS);
    const isOver = () => this.#backAt.size === wanted && this.#guests.every(({ isIn }) => isIn);
    await until(isOver, performance.now() + withinMs);
    clearInterval(talking);
    const generatorCpu = cpu.share();
    this.#sayInEachRoom();
    const deadline = performance.now() + LAST_WITHIN_MS;
    await until(() => this.#awaited.size === 0 && this.#behind() === 0, deadline);
    const after = [...this.#backAt.values()].map((at) => at - killedAt).toSorted((a, b) => a - b);
    const rank = (share: number) => after[Math.ceil(share * wanted) - 1] ?? Infinity;
    return {
      backAfter: { p50: rank(0.5), p99: rank(0.99), all: rank(1) },
      back: after.length,
      wanted,
      failedTries: this.#failedTries,
      caughtUp: this.#caughtUp,
      notRecovered: this.#notRecovered,
      outOfOrder: this.#outOfOrder,
      behind: this.#behind(),
      echo: this.#echoes.latency(this.#said - saidBefore),
      generatorCpu,
    };
  }

  leave(): void {
    for (const guest of this.#guests) guest.leave();
  }

  joined(guest: Returner, how: "first" | "resumed" | "reset", missed: number): void {
    if (how === "first") {
      this.#firstJoins += 1;
      return;
    }
    this.#backAt.set(guest, Date.now());
    this.#caughtUp += missed;
    if (how === "reset") this.#notRecovered += 1;
  }

  entry(guest: Returner, id: string): void {
    const awaited = this.#awaited.get(id);
    if (awaited?.author !== guest) return;
    this.#awaited.delete(id);
    this.#echoes.add(performance.now() - awaited.sentAt);
  }

  outOfOrder(): void {
    this.#outOfOrder += 1;
  }

  failed(): void {
    this.#failedTries += 1;
  }

  #sayInEachRoom(): void {
    const silent = new Set(Array.from({ length: this.#plan.rooms }, (_, room) => room));
    for (const guest of this.#guests) {
      if (!guest.isIn || !silent.delete(guest.place.room)) continue;
      this.#said += 1;
      const id = `storm-${this.#said}`;
      this.#awaited.set(id, { author: guest, sentAt: performance.now() });
      guest.say(`number ${this.#said}`, id);
    }
  }

  /** How many do not have the last entry of their room. */
  #behind(): number {
    const heads = new Map<number, number>();
    for (const { place, seq } of this.#guests) {
      heads.set(place.room, Math.max(seq, heads.get(place.room) ?? 0));
    }
    return this.#guests.filter(({ place, seq }) => seq !== heads.get(place.room)).length;
  }
}

async function until(isTrue: () => boolean, deadline: number): Promise<void> {
  while (!isTrue() && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
}
