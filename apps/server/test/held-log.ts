import { LogUnavailable, type RoomLog } from "../src/log/log.ts";

type Method = "append" | "read" | "find" | "follow";

/** A call that waits: lets it go on, or fails it. */
interface Waiting {
  readonly method: Method;
  release(): void;
  fail(error: Error): void;
}

/**
 * A log whose calls wait where a test says so. `before`: the call has done nothing yet. `after`:
 * it is done, and its result is on the way.
 */
export class HeldLog implements RoomLog {
  /** Who follows a room now. */
  followers = 0;
  readonly #log: RoomLog;
  readonly #held = new Map<Method, "before" | "after">();
  #waiting: Waiting[] = [];

  constructor(log: RoomLog) {
    this.#log = log;
  }

  /** From now on calls of this method wait. */
  hold(method: Method, where: "before" | "after" = "before"): void {
    this.#held.set(method, where);
  }

  /** From now on calls of this method go through; those that wait go on waiting. */
  letThrough(method: Method): void {
    this.#held.delete(method);
  }

  /** How many calls of a method wait. */
  waiting(method: Method): number {
    return this.#waiting.filter((call) => call.method === method).length;
  }

  /** Lets a call of the method go on: the oldest, or the one of this index. */
  release(method: Method, index = 0): void {
    this.#take(method, index).release();
  }

  /** Makes the oldest call of the method fail: the log is away, or something unheard of happens. */
  fail(method: Method, error: Error = new LogUnavailable("the disk is away")): void {
    this.#take(method, 0).fail(error);
  }

  append: RoomLog["append"] = (...call) =>
    this.#gate("append", async () => this.#log.append(...call));
  read: RoomLog["read"] = (...call) => this.#gate("read", async () => this.#log.read(...call));
  find: RoomLog["find"] = (...call) => this.#gate("find", async () => this.#log.find(...call));
  follow: RoomLog["follow"] = (...call) =>
    this.#gate("follow", async () => {
      const stop = await this.#log.follow(...call);
      this.followers += 1;
      return () => {
        this.followers -= 1;
        stop();
      };
    });

  async #gate<Result>(method: Method, work: () => Promise<Result>): Promise<Result> {
    const where = this.#held.get(method);
    if (where === undefined) return work();
    if (where === "before") {
      await this.#wait(method);
      return work();
    }
    const result = await work();
    await this.#wait(method);
    return result;
  }

  #wait(method: Method): Promise<void> {
    return new Promise((release, fail) => {
      this.#waiting.push({ method, release, fail });
    });
  }

  #take(method: Method, index: number): Waiting {
    const call = this.#waiting.filter((waiting) => waiting.method === method)[index];
    if (!call) throw new Error(`No ${method} waits at ${index}.`);
    this.#waiting = this.#waiting.filter((waiting) => waiting !== call);
    return call;
  }
}
