import { dueAtOf, isOf, PROBE } from "./body.ts";
import type { GuestListener, Guest } from "./guest.ts";
import { Samples } from "./samples.ts";
import { SeqWatch } from "./seq-watch.ts";

/** Counts the messages that arrive while the load runs. */
export class Tally implements GuestListener {
  deliveries = 0;
  lostConnections = 0;
  /** How late the probes arrived that were due in the measured time. */
  readonly samples = new Samples();
  readonly #mark: string;
  readonly #measureFrom: number;
  readonly #witnessSeat: number;
  readonly #order: SeqWatch;

  /**
   * @param mark of the run's messages; others belong to an earlier run
   * @param measureFrom in ms; probes that were due earlier count only as deliveries
   * @param witnessSeat the index of the client in each room that checks the order of entries
   * @param seqAfter see {@link Dialect.seqAfter}
   */
  constructor(
    mark: string,
    measureFrom: number,
    witnessSeat: number,
    seqAfter: string | undefined,
  ) {
    this.#mark = mark;
    this.#measureFrom = measureFrom;
    this.#witnessSeat = witnessSeat;
    this.#order = new SeqWatch(seqAfter);
  }

  get outOfOrder(): number {
    return this.#order.breaks;
  }

  message({ place }: Guest, bytes: Buffer, body: number, end: number): void {
    if (place.seat === this.#witnessSeat) this.#order.see(place.room, bytes, body, end);
    if (!isOf(this.#mark, bytes, body)) return;
    this.deliveries += 1;
    if (bytes[body] !== PROBE) return;
    const dueAt = dueAtOf(bytes, body);
    if (dueAt >= this.#measureFrom) this.samples.add(performance.now() - dueAt);
  }

  lost(): void {
    this.lostConnections += 1;
  }
}
