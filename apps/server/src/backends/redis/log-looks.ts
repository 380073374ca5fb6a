import type { RedisConnection } from "./connection.ts";
import { NOWHERE, type Position } from "./follower.ts";
import { keysOf, reading } from "./log-scripts.ts";

/** Logs that one call looks at, at the most. */
export const LOOKED_AT_MAX = 200;

interface Asked {
  readonly logId: string;
  readonly resolve: (at: Position | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Looks where logs end. A server follows thousands of rooms and bells, and most of them are quiet:
 * those that are asked for while a call is under way share the next one.
 */
export class LogLooks {
  readonly #redis: Pick<RedisConnection, "call" | "spansRooms">;
  #asked: Asked[] = [];
  #isLooking = false;

  constructor(redis: Pick<RedisConnection, "call" | "spansRooms">) {
    this.#redis = redis;
  }

  /**
   * Gives where a log ends, or undefined if only a reader of the log can tell. Throws
   * LogUnavailable.
   */
  look(logId: string): Promise<Position | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Position | undefined>();
    const asked = { logId, resolve, reject };
    // The logs of a cluster are in many slots, and a call is about one.
    if (this.#redis.spansRooms) this.#asked.push(asked);
    else void this.#lookAt([asked]);
    if (!this.#isLooking) void this.#lookAtAll();
    return promise;
  }

  async #lookAtAll(): Promise<void> {
    this.#isLooking = true;
    while (this.#asked.length > 0) await this.#lookAt(this.#asked.splice(0, LOOKED_AT_MAX));
    this.#isLooking = false;
  }

  /** Never rejects: each that asked is told by itself. */
  async #lookAt(logs: readonly Asked[]): Promise<void> {
    const [first, ...others] = logs.flatMap(({ logId }) => keysOf(logId).slice(0, 2));
    if (first === undefined) return;
    try {
      const reply = await this.#redis.call(reading, "look", [first, ...others], []);
      const found = reply as (Found | null)[];
      for (const [index, { resolve }] of logs.entries()) resolve(positionFrom(found[index]));
    } catch (error) {
      for (const { reject } of logs) reject(error);
    }
  }
}

/** What log.lua gives of a log that need not be opened. */
type Found = [] | [epoch: string, head: number, tail: string];

function positionFrom(found: Found | null | undefined): Position | undefined {
  if (!found) return undefined;
  if (found.length === 0) return NOWHERE;
  const [epoch, head, tail] = found;
  return { epoch, head, tail: tail === "" ? undefined : tail };
}
