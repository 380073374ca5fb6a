import { ClientOfflineError, ErrorReply } from "@redis/client";
import { LogUnavailable } from "../../log/log.ts";
import { clusterWire } from "./cluster-wire.ts";
import type { RedisEndpoint } from "./endpoint.ts";
import type { Script } from "./scripts.ts";
import { serverWire } from "./server-wire.ts";
import type { AskServer, KeyServer, RawCommand, Wire, WireEvents } from "./wire.ts";

/** How long a command may take, in ms. Redis may have done it all the same. */
const COMMAND_WITHIN_MS = 5_000;
/** How often Redis is asked whether it is there, in ms. */
const PROBE_EVERY_MS = 1_000;
const PROBE_KEY = "parley:probe";
/** Refused if memory is full, as all scripts that write; it writes nothing all the same. */
const ROOM_PROBE = "#!lua\nreturn 1";
/** How far apart refusals are told, in ms: a Redis that lacks replicas refuses every message. */
const REFUSALS_TOLD_EVERY_MS = 10_000;

/** What a room's keys and channel are called: one hash tag, so that a cluster keeps them together. */
export function keyOf(roomId: string, part: string): string {
  return `parley:{${roomId}}:${part}`;
}

/** The channel of a room: news of its log and of its members. */
export function channelOf(roomId: string): string {
  return keyOf(roomId, "live");
}

export interface RedisConnectionEvents {
  /** Connected, for the first time or again: messages before this may be lost. */
  ready(): void;
  message(text: string, channel: string): void;
  /** It answers, for the first time or again. */
  up(): void;
  /** It does not answer any more. */
  down(error: unknown): void;
  /** It answers, and its memory is full. */
  full(error: unknown): void;
  /** It has room again. */
  roomy(): void;
  /** It is there, and refused to do something; told now and then at the most. */
  refused(error: unknown): void;
}

/** Redis as the server uses it: all failures are LogUnavailable, and all comes back by itself. */
export class RedisConnection {
  readonly #wire: Wire;
  readonly #events: RedisConnectionEvents;
  /** The load of a script under way, so that calls that need it wait for the same one. */
  readonly #loading = new Map<Script, Promise<unknown>>();
  readonly #probing: NodeJS.Timeout;
  #lifecycle: "open" | "closed" = "open";
  #health: "unknown" | "up" | "down" = "unknown";
  #upSince = Infinity;
  #room: "enough" | "none" = "enough";
  #refusalToldAt = -Infinity;

  /** @param scripts those that are run here: every connection starts with them */
  constructor(endpoint: RedisEndpoint, scripts: readonly Script[], events: RedisConnectionEvents) {
    this.#events = events;
    const wireEvents: WireEvents = {
      ready: () => {
        // They come first on their connection: no call is sent again, and overtaken, for want of one.
        // If one cannot be loaded, each call of it tries again and is told why.
        // oxlint-disable-next-line house/no-bare-catch -- each call looks at it
        for (const script of scripts) this.#load(script).catch(() => {});
        this.#probe();
        events.ready();
      },
      failed: (error) => this.#is("down", error),
      message: (text, channel) => events.message(text, channel),
    };
    this.#wire =
      endpoint.is === "server"
        ? serverWire(endpoint.url, wireEvents)
        : clusterWire(endpoint.urls, wireEvents);
    this.#wire.connect();
    this.#probing = setInterval(() => this.#probe(), PROBE_EVERY_MS).unref();
  }

  /** Whether it answers. */
  get isUp(): boolean {
    return this.#health === "up";
  }

  /** Whether its memory is full, so that nothing new is stored. */
  get isFull(): boolean {
    return this.#room === "none";
  }

  /** Whether commands of one key arrive in the order in which they were sent. */
  get keepsOrder(): boolean {
    return this.#wire.keepsOrder;
  }

  /** Whether one call may have keys of several rooms. */
  get spansRooms(): boolean {
    return this.#wire.spansRooms;
  }

  /** Whether every subscription that was made is known to be in force. */
  get isListening(): boolean {
    return this.#wire.isListening;
  }

  /** For how long it has answered without a break, in ms. */
  get upForMs(): number {
    return this.isUp ? performance.now() - this.#upSince : 0;
  }

  /**
   * Calls a function of a script, which is loaded if Redis has lost it.
   * @param keys all of one room, unless `spansRooms`
   */
  async call<Name extends string>(
    script: Script<Name>,
    name: Name,
    keys: readonly [string, ...string[]],
    args: readonly string[],
  ): Promise<unknown> {
    const command = ["EVALSHA", script.sha1, String(keys.length), ...keys, name, ...args];
    try {
      return await this.#within(this.#wire.send(keys[0], command));
    } catch (error) {
      if (!isUnknownScript(error)) throw this.#unavailable(error);
    }
    try {
      await this.#load(script);
      return await this.#within(this.#wire.send(keys[0], command));
    } catch (error) {
      throw this.#unavailable(error);
    }
  }

  /** Sends a command to where this key is. */
  async send(key: string, command: RawCommand): Promise<unknown> {
    return this.#orUnavailable(() => this.#wire.send(key, command));
  }

  /** Sends a command to every server that takes writes; gives all answers. */
  async sendToAll(command: RawCommand): Promise<unknown[]> {
    return this.#orUnavailable(() => this.#wire.sendToAll(command));
  }

  /** Every server that takes writes, to be asked by itself; each throws LogUnavailable. */
  async servers(): Promise<AskServer[]> {
    const servers = await this.#orUnavailable(() => this.#wire.servers());
    return servers.map((ask) => (command) => this.#orUnavailable(() => ask(command)));
  }

  /** The connection on which commands of this key leave now. Throws LogUnavailable. */
  async serverOf(key: string): Promise<KeyServer> {
    const { connection, ask } = await this.#orUnavailable(() => this.#wire.serverOf(key));
    return { connection, ask: (command) => this.#orUnavailable(() => ask(command)) };
  }

  async subscribe(channel: string): Promise<void> {
    await this.#orUnavailable(() => this.#wire.subscribe(channel));
  }

  async unsubscribe(channel: string): Promise<void> {
    await this.#orUnavailable(() => this.#wire.unsubscribe(channel));
  }

  close(): void {
    this.#lifecycle = "closed";
    clearInterval(this.#probing);
    this.#wire.close();
  }

  #load(script: Script): Promise<unknown> {
    const underWay = this.#loading.get(script);
    if (underWay) return underWay;
    const loading = this.#within(this.#wire.sendToAll(["SCRIPT", "LOAD", script.code])).finally(
      () => this.#loading.delete(script),
    );
    this.#loading.set(script, loading);
    return loading;
  }

  /**
   * The client's own command timeout ends when a command is written, and a server that has hung
   * is just the one that takes it: this one goes on until there is an answer.
   */
  #within<Reply>(replying: Promise<Reply>): Promise<Reply> {
    return new Promise<Reply>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`Redis did not answer within ${COMMAND_WITHIN_MS} ms`));
      }, COMMAND_WITHIN_MS).unref();
      replying.then(
        (reply) => {
          clearTimeout(timer);
          resolve(reply);
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  async #orUnavailable<Reply>(ask: () => Promise<Reply>): Promise<Reply> {
    try {
      return await this.#within(ask());
    } catch (error) {
      throw this.#unavailable(error);
    }
  }

  #probe(): void {
    this.#within(this.#wire.send(PROBE_KEY, ["EXISTS", PROBE_KEY])).then(
      () => this.#is("up"),
      (error: unknown) => this.#is("down", error),
    );
    this.#within(this.#wire.sendToAll(["EVAL", ROOM_PROBE, "0"])).then(
      () => this.#has("enough"),
      (error: unknown) => isFull(error) && this.#has("none", error),
    );
  }

  #has(room: "enough" | "none", error?: unknown): void {
    if (this.#room === room || this.#lifecycle === "closed") return;
    this.#room = room;
    if (room === "none") this.#events.full(error);
    else this.#events.roomy();
  }

  #is(health: "up" | "down", error?: unknown): void {
    if (this.#health === health || this.#lifecycle === "closed") return;
    // A call that came before the first connection; if that fails, it is told by itself.
    if (this.#health === "unknown" && error instanceof ClientOfflineError) return;
    this.#health = health;
    this.#upSince = performance.now();
    if (health === "up") this.#events.up();
    else this.#events.down(error);
  }

  #unavailable(error: unknown): LogUnavailable {
    if (isFull(error)) this.#has("none", error);
    else if (error instanceof ErrorReply) this.#tellRefusal(error);
    else this.#is("down", error);
    const why = error instanceof Error ? error.message : String(error);
    return new LogUnavailable(why, { cause: error });
  }

  #tellRefusal(error: ErrorReply): void {
    const now = performance.now();
    if (now - this.#refusalToldAt < REFUSALS_TOLD_EVERY_MS) return;
    this.#refusalToldAt = now;
    this.#events.refused(error);
  }
}

function isFull(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("OOM");
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("NOSCRIPT");
}
