/**
 * Runs what has the same key one after the other, if the way there does not keep the order: in a
 * cluster, a command that is sent after another may arrive before it while that one follows its slot
 * to another server. What has different keys does not wait for each other.
 */
export class KeyedQueue {
  /** The last task of each key. */
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Does it once everything that came before under this key is done. If one of those fails, all
   * that wait behind it fail with it: none may stand before it, and none waits for its time to run
   * out again.
   */
  add<Result>(key: string, act: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key);
    const mine = before ? before.then(act) : act();
    this.#last.set(key, mine);
    const leave = () => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }

  /** Under how many keys something is under way. */
  get size(): number {
    return this.#last.size;
  }
}
