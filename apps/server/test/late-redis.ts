import { PATIENCE_MS, until } from "@parley/testkit";
import type { EntryFrame } from "@parley/protocol";
import { expect } from "vitest";
import { LogUnavailable, type RoomLog } from "../src/log/log.ts";
import { entryOf } from "../src/backends/redis/entries.ts";
import { logScripts, RedisLog } from "../src/backends/redis/log.ts";
import { Channels } from "../src/backends/redis/channels.ts";
import {
  channelOf,
  keyOf,
  RedisConnection,
  type RedisConnectionEvents,
} from "../src/backends/redis/connection.ts";
import type { FlushClock } from "../src/timing/flush-clock.ts";
import type { Script } from "../src/backends/redis/scripts.ts";
import { chatDraft } from "./drafts.ts";
import { LateFailure, type Late } from "./late.ts";
import type { LateStore } from "./late-rooms.ts";

/** A channel on which a server hears that it was told all that was said before. */
const ECHO = channelOf("echo");
/** Where the entry stands among the arguments of `append`. */
const STORED_AT = 8;
const RULES = { entries: Infinity, replicas: undefined };
/** Appends leave as soon as they come: what is late here is Redis. */
const NO_WAIT: FlushClock = {
  now: () => 0,
  schedule: (_waitMs, act) => {
    queueMicrotask(act);
    return () => {};
  },
};
const IGNORED: RedisConnectionEvents = {
  ready() {},
  message() {},
  up() {},
  down() {},
  full() {},
  roomy() {},
  refused() {},
};

type Note = (roomId: string, epoch: string, entry: EntryFrame) => void;

/**
 * A connection to a real Redis that does what it is asked at any later moment, in the order of the
 * calls, and gives each answer at any moment after that, in their order.
 */
class LateConnection extends RedisConnection {
  readonly #late: Late;
  readonly #name: string;
  readonly #note: Note;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(url: string, late: Late, name: string, events: RedisConnectionEvents, note: Note) {
    super({ is: "server", url }, logScripts, events);
    this.#late = late;
    this.#name = name;
    this.#note = note;
  }

  override call<Name extends string>(
    script: Script<Name>,
    name: Name,
    keys: readonly [string, ...string[]],
    args: readonly string[],
  ): Promise<unknown> {
    return this.#later("does", "answers", async () => {
      const reply = await super.call(script, name, keys, args);
      if (name === "append") this.#noteAppended(keys[0], args, reply);
      return reply;
    });
  }

  /** What comes on a channel comes after the answer that it is listened to. */
  override subscribe(channel: string): Promise<void> {
    return this.#later("listens", "hears", () => super.subscribe(channel));
  }

  override unsubscribe(channel: string): Promise<void> {
    return this.#later("listens", "hears", () => super.unsubscribe(channel));
  }

  /** Listens at once. */
  async listen(channel: string): Promise<void> {
    await super.subscribe(channel);
  }

  /** Waits until Redis has done all that it was sent; says whether that was anything. */
  async settled(): Promise<boolean> {
    const wasBusy = this.#underWay.size > 0;
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    return wasBusy;
  }

  async #later<T>(doing: string, answering: string, work: () => Promise<T>): Promise<T> {
    try {
      const reply = await this.#late.do(`${this.#name} ${doing}`, () => this.#watch(work()));
      return await this.#late.do(`${this.#name} ${answering}`, () => reply);
    } catch (error) {
      throw error instanceof LateFailure ? new LogUnavailable("Redis is away") : error;
    }
  }

  async #watch<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  #noteAppended(key: string, args: readonly string[], reply: unknown): void {
    const [what, epoch, seq] = reply as [string, string, number];
    const roomId = /\{(.*)\}/.exec(key)?.[1] ?? "";
    if (what === "new") this.#note(roomId, epoch, entryOf(seq, args[STORED_AT] ?? ""));
  }
}

/** The log as one server has it. */
class LateServer {
  readonly log: RedisLog;
  readonly connection: LateConnection;
  readonly #late: Late;
  readonly #name: string;
  readonly #channels: Channels;
  /** How often it lost its subscriptions: what it was to hear from a former one is lost. */
  #breaks = 0;
  #echoed = 0;

  constructor(url: string, late: Late, name: string, note: Note) {
    this.#late = late;
    this.#name = name;
    const message = (text: string, channel: string) => this.#hear(text, channel);
    this.connection = new LateConnection(url, late, name, { ...IGNORED, message }, note);
    this.#channels = new Channels(this.connection);
    this.log = new RedisLog(this.connection, this.#channels, RULES, NO_WAIT);
  }

  breakOff(): void {
    this.#breaks += 1;
    this.#tell(() => this.#channels.renewed());
  }

  /** Waits until it was sent all that was said before the echo of this number. */
  async heard(echo: number): Promise<void> {
    const wasTold = () => expect(this.#echoed).toBeGreaterThanOrEqual(echo);
    await until(wasTold, { everyMs: 1 });
  }

  close(): void {
    this.log.close();
    this.connection.close();
  }

  #hear(text: string, channel: string): void {
    if (channel === ECHO) {
      this.#echoed = Number(text);
      return;
    }
    const at = this.#breaks;
    this.#tell(() => {
      if (at === this.#breaks) this.#channels.message(text, channel);
    });
  }

  /** It hears of it at any later moment, in order. */
  #tell(hear: () => void): void {
    this.#late.do(`${this.#name} hears`, hear).catch(hear);
  }
}

/** Servers that share a real Redis, each by a connection of its own that is late. */
export class LateRedis implements LateStore {
  readonly past = new Map<string, EntryFrame[]>();
  readonly #servers: readonly LateServer[];
  /** A server that is not late. */
  readonly #elsewhere: RedisConnection;
  readonly #elsewhereLog: RedisLog;
  #echoes = 0;
  #wasWritten = false;

  private constructor(url: string, late: Late, servers: number) {
    const note: Note = (roomId, epoch, entry) => {
      const name = `${epoch} ${roomId}`;
      this.past.set(name, [...(this.past.get(name) ?? []), entry]);
    };
    const names = Array.from({ length: servers }, (_, index) => `server ${index}`);
    this.#servers = names.map((name) => new LateServer(url, late, name, note));
    this.#elsewhere = new RedisConnection({ is: "server", url }, logScripts, IGNORED);
    this.#elsewhereLog = new RedisLog(
      this.#elsewhere,
      new Channels(this.#elsewhere),
      RULES,
      NO_WAIT,
    );
  }

  /** @param servers how many share it; it is empty to begin with */
  static async open(url: string, late: Late, servers: number): Promise<LateRedis> {
    const redis = new LateRedis(url, late, servers);
    const connections = [redis.#elsewhere, ...redis.#servers.map(({ connection }) => connection)];
    const isUp = () => expect(connections.every((each) => each.isUp)).toBe(true);
    await until(isUp, { withinMs: PATIENCE_MS, everyMs: 5 });
    await redis.lose();
    for (const { connection } of redis.#servers) await connection.listen(ECHO);
    return redis;
  }

  get logs(): readonly RoomLog[] {
    return this.#servers.map(({ log }) => log);
  }

  /** How many servers listen to a room. */
  async listeners(roomId: string): Promise<number> {
    const channel = channelOf(roomId);
    const reply = await this.#elsewhere.send(channel, ["PUBSUB", "SHARDNUMSUB", channel]);
    return (reply as [string, number])[1];
  }

  async stand(roomId: string) {
    const key = keyOf(roomId, "meta");
    const reply = await this.#elsewhere.send(key, ["HMGET", key, "epoch", "head"]);
    const [epoch, head] = reply as [string | null, string | null];
    return { epoch: epoch ?? "", head: Number(head ?? 0) };
  }

  async write(roomId: string): Promise<void> {
    const appended = await this.#elsewhereLog.append(roomId, chatDraft("elsewhere"));
    if (appended.is !== "new") throw new Error("It was said once.");
    const name = `${(await this.stand(roomId)).epoch} ${roomId}`;
    this.past.set(name, [...(this.past.get(name) ?? []), appended.entry]);
    this.#wasWritten = true;
  }

  async lose(): Promise<void> {
    await this.#elsewhere.sendToAll(["FLUSHALL"]);
  }

  breakOff(which: number): void {
    this.#servers[which % this.#servers.length]?.breakOff();
  }

  /** What Redis was sent is done, and each server was sent what it is to hear of that. */
  async quiet(): Promise<void> {
    const busy = await Promise.all(this.#servers.map(({ connection }) => connection.settled()));
    if (!this.#wasWritten && !busy.includes(true)) return;
    this.#wasWritten = false;
    this.#echoes += 1;
    await this.#elsewhere.send(ECHO, ["SPUBLISH", ECHO, String(this.#echoes)]);
    for (const server of this.#servers) await server.heard(this.#echoes);
  }

  close(): void {
    for (const server of this.#servers) server.close();
    this.#elsewhereLog.close();
    this.#elsewhere.close();
  }
}
