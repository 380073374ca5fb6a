import { setImmediate } from "node:timers/promises";
import { LogUnavailable, throwUnlessUnavailable } from "../../log/log.ts";
import type { RedisConnection } from "./connection.ts";
import type { AskServer } from "./wire.ts";

/** How long replicas may take, in ms; an entry that takes longer is refused for now. */
const REPLICATED_WITHIN_MS = 1_000;
/** While replicas are missing, they are looked for so often, in ms. */
const PROBE_EVERY_MS = 1_000;
/** How long they may take then, in ms: everything else on the connection waits so long. */
const PROBE_WITHIN_MS = 250;

export interface ReplicaEvents {
  /** Too few replicas have what was written. */
  missing(why: string): void;
  /** There are enough again, as far as is known. */
  found(): void;
}

/**
 * Waits until replicas have what was written. WAIT holds up a whole connection, so there is one at a
 * time for each server of Redis, and the writes that come meanwhile share the next one. While
 * replicas are missing, every write is refused at once, and short probes look for them.
 */
export class ReplicaBarrier {
  readonly #redis: Pick<RedisConnection, "serverOf">;
  readonly #replicas: number;
  readonly #events: ReplicaEvents;
  readonly #servers = new WeakMap<object, ServerReplicas>();
  readonly #short = new Set<ServerReplicas>();
  readonly #probing: NodeJS.Timeout;
  #lifecycle: "open" | "closed" = "open";

  constructor(redis: Pick<RedisConnection, "serverOf">, replicas: number, events: ReplicaEvents) {
    this.#redis = redis;
    this.#replicas = replicas;
    this.#events = events;
    this.#probing = setInterval(() => {
      for (const server of this.#short) void server.probe();
    }, PROBE_EVERY_MS).unref();
  }

  /** Whether writes are refused because replicas are missing. */
  get isShort(): boolean {
    return this.#short.size > 0;
  }

  /**
   * Waits until everything that was written before, where this key is, is on enough replicas.
   * Throws LogUnavailable if it is not in time; it may be written all the same.
   */
  async wait(key: string): Promise<void> {
    const { connection, ask } = await this.#redis.serverOf(key);
    let server = this.#servers.get(connection);
    if (!server) {
      const made: ServerReplicas = new ServerReplicas(ask, this.#replicas, (why) =>
        this.#is(made, why),
      );
      this.#servers.set(connection, (server = made));
    }
    await server.wait();
  }

  close(): void {
    this.#lifecycle = "closed";
    clearInterval(this.#probing);
  }

  #is(server: ServerReplicas, why: string | undefined): void {
    if (this.#lifecycle === "closed") return;
    if (why === undefined) {
      this.#short.delete(server);
      if (!this.isShort) this.#events.found();
    } else {
      this.#short.add(server);
      this.#events.missing(why);
    }
  }
}

/** The replicas of one server. */
class ServerReplicas {
  readonly #ask: AskServer;
  readonly #replicas: number;
  readonly #tell: (why: string | undefined) => void;
  /** What the writes share that came after the last WAIT was sent. */
  #next: PromiseWithResolvers<void> | undefined;
  #isWaiting = false;
  #isProbing = false;
  /** Why writes are refused; undefined: they are not. */
  #why: string | undefined;

  /** @param tell is told when replicas are missing, and with undefined when that is over */
  constructor(ask: AskServer, replicas: number, tell: (why: string | undefined) => void) {
    this.#ask = ask;
    this.#replicas = replicas;
    this.#tell = tell;
  }

  wait(): Promise<void> {
    if (this.#why !== undefined) return Promise.reject(new LogUnavailable(this.#why));
    this.#next ??= Promise.withResolvers();
    const { promise } = this.#next;
    if (!this.#isWaiting) void this.#waitInTurn();
    return promise;
  }

  /** Looks once more for replicas that were missing. */
  async probe(): Promise<void> {
    if (this.#isProbing) return;
    this.#isProbing = true;
    try {
      if ((await this.#reached(PROBE_WITHIN_MS)) < this.#replicas) return;
    } catch (error) {
      // This server is away, and so is what was known of its replicas.
      throwUnlessUnavailable(error);
    } finally {
      this.#isProbing = false;
    }
    this.#is(undefined);
  }

  async #waitInTurn(): Promise<void> {
    this.#isWaiting = true;
    while (this.#next) {
      // All writes of one turn of the event loop share it.
      await setImmediate();
      const sharing = this.#next;
      this.#next = undefined;
      try {
        const reached = await this.#reached(REPLICATED_WITHIN_MS);
        if (reached >= this.#replicas) {
          sharing.resolve();
          continue;
        }
        const why = `${reached} of ${this.#replicas} replicas have the entry`;
        this.#is(why);
        this.#refuse(sharing, new LogUnavailable(why));
      } catch (error) {
        this.#refuse(sharing, error);
      }
    }
    this.#isWaiting = false;
  }

  /**
   * Refuses what shared a WAIT, and what came during it: another one would hold up as much, and knows
   * nothing of what was written before a new connection.
   */
  #refuse(sharing: PromiseWithResolvers<void>, error: unknown): void {
    sharing.reject(error);
    this.#next?.reject(error);
    this.#next = undefined;
  }

  async #reached(withinMs: number): Promise<number> {
    return Number(await this.#ask(["WAIT", String(this.#replicas), String(withinMs)]));
  }

  #is(why: string | undefined): void {
    this.#why = why;
    this.#tell(why);
  }
}
