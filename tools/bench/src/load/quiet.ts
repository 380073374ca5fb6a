import { setTimeout as sleep } from "node:timers/promises";
import { dueAtOf, isOf, probeBody, PROBE } from "./body.ts";
import type { Crowd } from "./crowd.ts";
import type { GuestListener, Guest } from "./guest.ts";
import type { Orders } from "./orders.ts";
import { OwnCpu } from "./own-cpu.ts";
import { Samples } from "./samples.ts";

/** A message that takes longer counts as missing, in ms. */
const COMES_WITHIN_MS = 2_000;

type Quiet = Orders["quiet"];

/** Sends one message at a time, each by another client, and waits until its reader has it. */
export async function quiet(
  crowd: Crowd,
  { messages, bodyBytes, pauseMs, reader }: Quiet["order"],
): Promise<Quiet["report"]> {
  const samples = new Samples();
  const cpu = new OwnCpu();
  for (let said = 0; said < messages; said += 1) {
    const guest = crowd.guests[said % crowd.guests.length];
    if (!guest) break;
    const mark = crowd.nextMark();
    const arrival = new Arrival(reader === "author" ? guest : neighbourOf(guest, crowd), mark);
    crowd.listener = arrival;
    crowd.say(guest, probeBody({ mark, bytes: bodyBytes }, performance.now()));
    const ms = await arrival.within(COMES_WITHIN_MS);
    if (ms !== undefined) samples.add(ms);
    await sleep(pauseMs);
  }
  return { latency: samples.latency(messages), generatorCpu: cpu.share() };
}

/** The next client of the same room; after the last comes the first. */
function neighbourOf({ place }: Guest, { guests, size }: Crowd): Guest {
  const seat = (place.seat + 1) % size;
  const neighbour = guests.find((it) => it.place.room === place.room && it.place.seat === seat);
  if (!neighbour) throw new Error(`nobody is in seat ${seat} of room ${place.room}`);
  return neighbour;
}

/** Waits for one probe to arrive at one client. */
class Arrival implements GuestListener {
  readonly #guest: Guest;
  readonly #mark: string;
  readonly #came = Promise.withResolvers<number | undefined>();

  constructor(guest: Guest, mark: string) {
    this.#guest = guest;
    this.#mark = mark;
  }

  message(guest: Guest, bytes: Buffer, body: number): void {
    if (guest !== this.#guest || bytes[body] !== PROBE) return;
    if (!isOf(this.#mark, bytes, body)) return;
    this.#came.resolve(performance.now() - dueAtOf(bytes, body));
  }

  lost(): void {}

  async within(ms: number): Promise<number | undefined> {
    const patience = setTimeout(() => this.#came.resolve(undefined), ms);
    const came = await this.#came.promise;
    clearTimeout(patience);
    return came;
  }
}
