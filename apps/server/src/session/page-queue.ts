import { PAGES_WAITING_MAX } from "../limits/limits.ts";
import type { Connection } from "../delivery/connection.ts";

/**
 * The pages of the log that one connection asked for. The next one is read when the one before
 * has left: a peer that asks and does not read holds one page and a row of questions.
 */
export class PageQueue {
  readonly #connection: Connection;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Reads and answers in its turn.
   * @returns settles with the answer, or never where the connection ends before; undefined where
   * too many wait
   */
  add(answer: () => Promise<void>): Promise<void> | undefined {
    if (this.#waiting === PAGES_WAITING_MAX) return undefined;
    this.#waiting += 1;
    const answered = this.#last
      .then(() => drained(this.#connection))
      .then(answer)
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#last = answered.catch(() => {});
    return answered;
  }
}

/** Settles when what was sent to a connection has left, so that more may be read for it. */
export async function drained(connection: Connection): Promise<void> {
  if (connection.unread === 0) return;
  await new Promise<void>((resolve) => {
    connection.whenDrained(resolve);
  });
}
