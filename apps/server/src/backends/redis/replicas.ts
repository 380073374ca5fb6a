import type { RedisConnection } from "./connection.ts";
import { LogUnavailable } from "../../log/log.ts";

/** How long replicas may take, in ms; an entry that takes longer is refused for now. */
const REPLICATED_WITHIN_MS = 1_000;

/**
 * Waits until replicas have what was written. WAIT holds up a whole connection, so all writes of
 * one turn of the event loop share one.
 */
export class ReplicaBarrier {
  readonly #redis: RedisConnection;
  readonly #replicas: number;
  /** The wait that this turn's writes share, by the key that names their server. */
  readonly #sharing = new Map<string, Promise<void>>();

  constructor(redis: RedisConnection, replicas: number) {
    this.#redis = redis;
    this.#replicas = replicas;
  }

  /**
   * Waits until everything that was written before, where this key is, is on enough replicas.
   * Throws LogUnavailable if it is not in time; it may be written all the same.
   */
  wait(key: string): Promise<void> {
    const shared = this.#sharing.get(key);
    if (shared) return shared;
    const waiting = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        this.#sharing.delete(key);
        this.#waitFor(key).then(resolve, reject);
      });
    });
    this.#sharing.set(key, waiting);
    return waiting;
  }

  async #waitFor(key: string): Promise<void> {
    const command = ["WAIT", String(this.#replicas), String(REPLICATED_WITHIN_MS)];
    const reached = Number(await this.#redis.send(key, command));
    if (reached < this.#replicas) {
      throw new LogUnavailable(`${reached} of ${this.#replicas} replicas have the entry`);
    }
  }
}
