import type { Connection } from "./connection.ts";

/** One socket of a member of a room. */
export class Subscriber {
  readonly connection: Connection;
  readonly memberId: string;
  /** `live` gets entries as they come; `behind` reads them from the log at its own pace. */
  pace: "live" | "behind" = "live";
  /** Until it is removed. */
  isHere = true;
  #sentUpTo: number;
  #knownOrder: number;
  /** Answers that are to stand after an entry that was not sent yet. */
  #waiting: { readonly seq: number; readonly go: () => void }[] = [];

  /**
   * @param sentUpTo the `seq` up to which it knows the log
   * @param knownOrder the `order` of the last signal whose effect `joined` showed it
   */
  constructor(connection: Connection, memberId: string, sentUpTo: number, knownOrder: number) {
    this.connection = connection;
    this.memberId = memberId;
    this.#sentUpTo = sentUpTo;
    this.#knownOrder = knownOrder;
  }

  /** The `seq` up to which this socket was sent the log (SPEC R3): a cursor, not a queue. */
  get sentUpTo(): number {
    return this.#sentUpTo;
  }

  /** It knows the signals up to this `order`. */
  get knownOrder(): number {
    return this.#knownOrder;
  }

  /** It was sent the log up to a `seq`, or further already. */
  advance(seq: number): void {
    if (seq > this.#sentUpTo) this.#sentUpTo = seq;
    if (this.#waiting.length > 0) this.release(this.#sentUpTo);
  }

  /** It was sent the signals up to an `order`, or further already. */
  learn(order: number): void {
    if (order > this.#knownOrder) this.#knownOrder = order;
  }

  /** It was told of another log, up to a `seq`, and of the signals up to that `order`. */
  startAt(seq: number, order: number): void {
    this.#sentUpTo = seq;
    this.#knownOrder = order;
  }

  /** Waits until it was sent the log up to a `seq`, or is released. */
  async reached(seq: number): Promise<void> {
    await new Promise<void>((go) => {
      this.#waiting.push({ seq, go });
    });
  }

  /** Ends the waits for entries up to a `seq`; without it, all waits. */
  release(upTo = Infinity): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ seq }) => seq > upTo);
    for (const { seq, go } of waiting) if (seq <= upTo) go();
  }
}
