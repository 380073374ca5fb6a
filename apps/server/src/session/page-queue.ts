import { PAGES_WAITING_MAX } from "../limits/limits.ts";
import type { Connection } from "../delivery/connection.ts";

/** Reads a page and sends it; must not reject. */
type Question = () => Promise<void>;

/** Takes questions for pages. */
export type AskedPages = Pick<PageQueue, "add">;

/**
 * The pages of the log that one connection asked for. The next one is read when the one before
 * has left: a peer that asks and does not read holds one page and a queue of questions. A question
 * that waits has no promise: thousands of connections may have full queues.
 */
export class PageQueue {
  readonly #connection: Connection;
  /** The first one is being answered. */
  readonly #questions: Question[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Answers in its turn, or never if the connection ends before.
   * @param question answers
   * @returns false if too many wait: this one is not answered
   */
  add(question: Question): boolean {
    if (this.#questions.length === PAGES_WAITING_MAX) return false;
    this.#questions.push(question);
    if (this.#questions.length === 1) void this.#answerAll(question);
    return true;
  }

  async #answerAll(first: Question): Promise<void> {
    for (let next: Question | undefined = first; next !== undefined; [next] = this.#questions) {
      await drained(this.#connection);
      await next();
      this.#questions.shift();
    }
  }
}

/** Settles when what was sent to a connection has left, so that more may be read for it. */
export async function drained(connection: Connection): Promise<void> {
  if (connection.unread === 0) return;
  await new Promise<void>((resolve) => {
    connection.whenDrained(resolve);
  });
}
