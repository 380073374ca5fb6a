import type { ReplicaBarrier } from "./replicas.ts";
import type { RedisConnection } from "./connection.ts";
import { readScript } from "./scripts.ts";
import {
  checkItem,
  collectionOf,
  endOf,
  SHELF_LIST_MAX,
  type PutOptions,
  type Shelf,
  type ShelfItem,
} from "../../shelf/shelf.ts";

const files = [new URL("./shelf.lua", import.meta.url)];
const writing = readScript({ files, functions: ["put"], whenFull: "refused" });
const reading = readScript({ files, functions: ["take", "list"], whenFull: "allowed" });

/** What the shelf runs within Redis. */
export const shelfScripts = [writing, reading] as const;

/**
 * The shelf in Redis: a string for each value, and their keys in order, a collection under one hash
 * tag. Redis ends what has an end by its own clock.
 */
export class RedisShelf implements Shelf {
  readonly #redis: RedisConnection;
  readonly #replicas: ReplicaBarrier | undefined;

  /** @param replicas must have what is put; undefined: it waits for none */
  constructor(redis: RedisConnection, replicas: ReplicaBarrier | undefined) {
    this.#redis = redis;
    this.#replicas = replicas;
  }

  async get(key: string): Promise<string | undefined> {
    const at = keysOf(collectionOf(key, "key")).values + key;
    return textOf(await this.#redis.send(at, ["GET", at]));
  }

  async put(key: string, value: string, options: PutOptions): Promise<boolean> {
    const until = endOf(options);
    checkItem({ key, value, until });
    const { onlyIf } = options;
    const { order, values } = keysOf(collectionOf(key, "key"));
    const may = onlyIf === undefined ? "any" : onlyIf === null ? "none" : "same";
    const [kind, ms] = "forMs" in options ? ["PX", options.forMs] : ["PXAT", until];
    const end = until === Infinity ? ["", ""] : [kind, String(Math.max(1, ms))];
    const args = [key, value, ...end, may, onlyIf ?? ""];
    const isPut = await this.#redis.call(writing, "put", [order, values + key], args);
    await this.#replicas?.wait(order);
    return isPut === 1;
  }

  async take(key: string): Promise<string | undefined> {
    const { order, values } = keysOf(collectionOf(key, "key"));
    const value = await this.#redis.call(reading, "take", [order, values + key], [key]);
    await this.#replicas?.wait(order);
    return textOf(value);
  }

  async list(prefix: string): Promise<readonly ShelfItem[]> {
    const { order, values } = keysOf(collectionOf(prefix, "prefix"));
    const args = [prefix, String(SHELF_LIST_MAX)];
    const reply = (await this.#redis.call(reading, "list", [order, values], args)) as string[];
    const items: ShelfItem[] = [];
    for (let at = 0; at < reply.length; at += 3) {
      const [key = "", value = "", till] = reply.slice(at, at + 3);
      items.push({ key, value, until: till === "-1" ? Infinity : Number(till) });
    }
    return items;
  }
}

/** All keys of a collection have one hash tag, so that a cluster keeps them together. */
function keysOf(collection: string): { readonly order: string; readonly values: string } {
  return { order: `parley-shelf:{${collection}}`, values: `parley-shelf:{${collection}}:` };
}

function textOf(reply: unknown): string | undefined {
  return typeof reply === "string" ? reply : undefined;
}
