import { setTimeout as sleep } from "node:timers/promises";
import { markOf } from "./body.ts";
import { dialects, type Dialect } from "./dialect.ts";
import { Guest, type GuestListener } from "./guest.ts";
import { inTurn } from "./in-turn.ts";
import type { Orders } from "./orders.ts";
import { OwnCpu } from "./own-cpu.ts";
import { targetOf } from "./targets.ts";

/** How long to wait after the last join, in ms, until its effects are over. */
const SETTLE_MS = 200;

const ignore: GuestListener = { message: () => {}, lost: () => {} };

/** Clients in rooms of one size, all joined. */
export class Crowd implements GuestListener {
  readonly dialect: Dialect;
  readonly rooms: number;
  readonly size: number;
  /** Those that joined, in turn from different rooms. */
  readonly guests: Guest[] = [];
  readonly silent = new Set<Guest>();
  /** How many connections ended after they joined, by close code. */
  readonly lostBy = new Map<number, number>();
  /** The present listener. */
  listener: GuestListener = ignore;
  #said = 0;
  #runs = 0;

  private constructor({ dialect, rooms, size }: Orders["gather"]["order"]) {
    this.dialect = dialects[dialect];
    this.rooms = rooms;
    this.size = size;
  }

  /** Opens and joins all of them; those that fail are counted and left out. */
  static async gather(
    order: Orders["gather"]["order"],
  ): Promise<{ crowd: Crowd; report: Orders["gather"]["report"] }> {
    const crowd = new Crowd(order);
    const wanted = order.rooms * order.size;
    const cpu = new OwnCpu();
    const from = performance.now();
    await inTurn(wanted, order.atOnce, async (index) => {
      const place = { room: index % order.rooms, seat: Math.floor(index / order.rooms) };
      const { path } = crowd.dialect;
      const target = targetOf(index, place, order.ports, path, order.distribution);
      const guest = new Guest(place, target, crowd.dialect, crowd);
      if (await guest.joined) crowd.guests.push(guest);
    });
    const ms = performance.now() - from;
    const report = { joined: crowd.guests.length, wanted, ms, generatorCpu: cpu.share() };
    await sleep(SETTLE_MS);
    return { crowd, report };
  }

  /** Those that read. */
  get awake(): Guest[] {
    return this.guests.filter((guest) => !this.silent.has(guest));
  }

  message(guest: Guest, bytes: Buffer, body: number, end: number): void {
    this.listener.message(guest, bytes, body, end);
  }

  lost(guest: Guest, code: number): void {
    this.lostBy.set(code, (this.lostBy.get(code) ?? 0) + 1);
    this.listener.lost(guest, code);
  }

  /** The mark of a new run's messages. */
  nextMark(): string {
    this.#runs += 1;
    return markOf(this.#runs);
  }

  say(guest: Guest, body: string): void {
    this.#said += 1;
    guest.say(body, this.#said);
  }

  /** Makes the first `perRoom` of each room stop reading; returns how many those are. */
  silence(perRoom: number): number {
    for (const guest of this.guests) {
      if (guest.place.seat >= perRoom) continue;
      guest.pause();
      this.silent.add(guest);
    }
    return this.silent.size;
  }

  /** Lets them read again. */
  wake(): void {
    for (const guest of this.silent) guest.resume();
  }

  disperse(): void {
    this.listener = ignore;
    for (const guest of this.guests) guest.cut();
  }
}
