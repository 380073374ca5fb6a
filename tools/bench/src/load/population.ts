import { setTimeout as sleep } from "node:timers/promises";
import { withShard } from "@parley/protocol";
import type { SocketTarget } from "./bare-socket.ts";
import { dialects, type Dialect, type Joining } from "./dialect.ts";
import { roomIdOf, type Place } from "./guest.ts";
import { inTurn } from "./in-turn.ts";
import type { Joined, LargeOrders } from "./large-orders.ts";
import { Occupant, type Household } from "./occupant.ts";
import { resumePointIn } from "./resume-point.ts";
import { numberAfter } from "./seq-watch.ts";
import { sharedNow } from "./shared-clock.ts";

const LOOK_EVERY_MS = 50;
/** How often a member tries to join, and how much longer it waits each time, in ms. */
const TRIES_MAX = 4;
const TRY_AGAIN_MS = 500;

/** Gets the messages that arrive. */
export interface Ear {
  message(bytes: Buffer, body: number): void;
}

/** How far a room's log is known. */
interface Known {
  readonly epoch: string;
  seq: number;
}

/** One load generator's part of very many members. */
export class Population implements Household {
  readonly dialect: Dialect;
  members: Occupant[] = [];
  ear: Ear = { message: () => {} };
  lostCount = 0;
  isReturning = false;
  readonly #plan: LargeOrders["populate"]["order"];
  readonly #known = new Map<number, Known>();
  readonly #backAt = new Map<Occupant, number>();
  #failed = 0;
  #isHalted = false;

  constructor(plan: LargeOrders["populate"]["order"]) {
    this.#plan = plan;
    this.dialect = dialects[plan.dialect];
  }

  /** Joins all of them. */
  join({ part, rooms, atOnce, withinMs }: LargeOrders["populate"]["order"]): Promise<Joined> {
    return this.#joinEach(part.count, atOnce, withinMs, (place) => {
      const index = part.first + place;
      return { room: index % rooms, seat: Math.floor(index / rooms) };
    });
  }

  /** Stops joining. */
  halt(): void {
    this.#isHalted = true;
  }

  /** The first ones leave and join another room. */
  move({ room, count, atOnce, withinMs }: LargeOrders["move"]["order"]): Promise<Joined> {
    for (const member of this.members.splice(0, count)) member.leave();
    const { first } = this.#plan.part;
    return this.#joinEach(count, atOnce, withinMs, (place) => ({ room, seat: first + place }));
  }

  /** Some more join one after another and leave again. */
  async visit({
    visits,
    rooms,
  }: LargeOrders["visit"]["order"]): Promise<LargeOrders["visit"]["report"]> {
    const tookMs: number[] = [];
    for (let visit = 0; visit < visits; visit += 1) {
      const place = { room: visit % rooms, seat: visit };
      const from = performance.now();
      const visitor = new Occupant(place, this.#targetOf(visit, place), this);
      if (await visitor.joined) tookMs.push(performance.now() - from);
      visitor.leave();
    }
    return { tookMs };
  }

  /** Waits until all that are in have lost their connection and joined again. */
  async comeBack(withinMs: number): Promise<LargeOrders["come back"]["report"]> {
    this.isReturning = true;
    this.#backAt.clear();
    this.#failed = 0;
    const wanted = this.members.filter(({ isIn }) => isIn).length;
    const deadline = performance.now() + withinMs;
    while (this.#backAt.size < wanted && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
    this.isReturning = false;
    return { wanted, backAt: Float64Array.from(this.#backAt.values()), failed: this.#failed };
  }

  joiningOf({ place, token }: Occupant): Joining {
    const roomId = roomIdOf(place);
    const since = this.#known.get(place.room);
    return token === undefined || !since ? { roomId } : { roomId, resume: { token, since } };
  }

  joined(member: Occupant, bytes: Buffer, start: number, end: number): void {
    if (this.isReturning) this.#backAt.set(member, sharedNow());
    // Servers without numbers have nothing to resume.
    if (this.dialect.seqAfter === undefined) return;
    const point = resumePointIn(bytes.toString("latin1", start, end));
    if (!point) return;
    member.token = point.token;
    const { room } = member.place;
    const known = this.#known.get(room);
    if (known) known.seq = Math.max(known.seq, point.head);
    else this.#known.set(room, { epoch: point.epoch, seq: point.head });
    member.isWitness ||= !known;
  }

  message(member: Occupant, bytes: Buffer, body: number, end: number): void {
    if (member.isWitness) this.#witness(member.place.room, bytes, body, end);
    this.ear.message(bytes, body);
  }

  lost(): void {
    this.lostCount += 1;
  }

  failed(): void {
    this.#failed += 1;
  }

  /** All members of a room get the same entries, so one of them reads their numbers. */
  #witness(room: number, bytes: Buffer, body: number, end: number): void {
    const known = this.#known.get(room);
    const { seqAfter } = this.dialect;
    if (!known || seqAfter === undefined) return;
    const seq = numberAfter(seqAfter, bytes, body, end);
    if (seq > known.seq) known.seq = seq;
  }

  async #joinEach(
    count: number,
    atOnce: number,
    withinMs: number,
    placeOf: (index: number) => Place,
  ): Promise<Joined> {
    const from = performance.now();
    const deadline = from + withinMs;
    this.#isHalted = false;
    this.#failed = 0;
    let joined = 0;
    let isLate = false;
    await inTurn(count, atOnce, async (index) => {
      isLate ||= performance.now() > deadline;
      if (isLate || this.#isHalted) return;
      const place = placeOf(index);
      const target = this.#targetOf(index, place);
      for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
        const member = new Occupant(place, target, this);
        if (await member.joined) {
          joined += 1;
          this.members.push(member);
          return;
        }
        if (this.#isHalted || performance.now() > deadline) return;
        await sleep(TRY_AGAIN_MS * tries);
      }
    });
    const ms = performance.now() - from;
    return { joined, wanted: count, failed: this.#failed, ms, isLate };
  }

  #targetOf(index: number, place: Place): SocketTarget {
    const { ports, part } = this.#plan;
    const port = ports[(place.room + place.seat) % ports.length];
    if (port === undefined) throw new Error("there is no port to connect to");
    const path = withShard(this.dialect.path, roomIdOf(place));
    return { port, path, from: part.addresses[index % part.addresses.length] };
  }
}
