import { MEMBERS_LISTED_MAX, PAGE_ENTRIES_MAX, type Member } from "@parley/protocol";
import { ABSENCE_MS } from "../../limits/limits.ts";
import type { Departure } from "../../presence/presence.ts";
import type { Channels } from "./channels.ts";
import { channelOf, keyOf, type RedisConnection } from "./connection.ts";
import { readScript } from "./scripts.ts";
import type { RosterChange, Roster } from "../../presence/roster.ts";
import type { PresenceStoreListener, PresenceStore } from "../../presence/presence-store.ts";

/** Members who are told of in one call. */
const REFRESHED_AT_ONCE = PAGE_ENTRIES_MAX;

const LISTED_MAX = String(MEMBERS_LISTED_MAX);

/** What the store runs within Redis. Members come and go if memory is full too, as leases do. */
export const presenceScript = readScript({
  files: [new URL("./presence.lua", import.meta.url)],
  functions: ["enter", "leave", "rename", "refresh", "list"],
  whenFull: "allowed",
});
type FunctionName = (typeof presenceScript)["functions"][number];

export interface RedisPresenceStoreDeps {
  readonly redis: RedisConnection;
  readonly channels: Channels;
  /** Names this server among all, without spaces or commas. */
  readonly serverId: string;
  /** How long a silent server keeps its members, in ms. */
  readonly leaseMs: number;
}

/** Who is in a room, in Redis, under the hash tag of the room; leases go by Redis's own clock. */
export class RedisPresenceStore implements PresenceStore {
  readonly #redis: RedisConnection;
  readonly #channels: Channels;
  readonly #serverId: string;
  readonly #leaseMs: number;
  readonly #channel: string;
  readonly #keys: [string, string, string, string];

  constructor({ redis, channels, serverId, leaseMs }: RedisPresenceStoreDeps, roomId: string) {
    this.#redis = redis;
    this.#channels = channels;
    this.#serverId = serverId;
    this.#leaseMs = leaseMs;
    this.#channel = channelOf(roomId);
    const key = (part: string) => keyOf(roomId, part);
    this.#keys = [key("people"), key("arrivals"), key("leases"), key("changes")];
  }

  listen(listener: PresenceStoreListener): Promise<() => void> {
    return this.#channels.listen(this.#channel, {
      message: (text) => tell(listener, text),
      renewed: () => listener.renewed(),
    });
  }

  enter(member: Member): Promise<Roster> {
    return this.#enter(member, LISTED_MAX);
  }

  async add(member: Member): Promise<number> {
    return (await this.#enter(member, "0")).number;
  }

  async leave(id: string, how: Departure): Promise<void> {
    await this.#call("leave", id, how, String(ABSENCE_MS));
  }

  async rename({ id, name }: Member): Promise<void> {
    await this.#call("rename", id, name);
  }

  async refresh(members: readonly Member[], leaseMs = this.#leaseMs): Promise<number> {
    let number = 0;
    for (let from = 0; from < members.length; from += REFRESHED_AT_ONCE) {
      const some = members.slice(from, from + REFRESHED_AT_ONCE);
      const names = some.flatMap(({ id, name }) => [id, name]);
      number = Number(await this.#call("refresh", String(leaseMs), this.#mayEndLeases(), ...names));
    }
    return number;
  }

  async read(): Promise<Roster> {
    return rosterOf(await this.#call("list", LISTED_MAX));
  }

  async find(id: string): Promise<Member | undefined> {
    const [people] = this.#keys;
    const stored = (await this.#redis.send(people, ["HGET", people, id])) as string | null;
    // `server,server name`, as presence.lua stores it.
    const [, name] = /^\S* (.*)$/s.exec(stored ?? "") ?? [];
    return name === undefined ? undefined : { id, name };
  }

  async announceTyping(member: Member, on: boolean): Promise<void> {
    const message = `t ${JSON.stringify({ member, on })}`;
    await this.#redis.send(this.#channel, ["SPUBLISH", this.#channel, message]);
  }

  async #enter({ id, name }: Member, listedMax: string): Promise<Roster> {
    const lease = String(this.#leaseMs);
    return rosterOf(await this.#call("enter", id, name, lease, this.#mayEndLeases(), listedMax));
  }

  /** While Redis was away, no server could renew a lease: all get the time to do so first. */
  #mayEndLeases(): "0" | "1" {
    return this.#redis.upForMs > this.#leaseMs ? "1" : "0";
  }

  #call(name: FunctionName, ...args: string[]): Promise<unknown> {
    const all = [this.#channel, this.#serverId, ...args];
    return this.#redis.call(presenceScript, name, this.#keys, all);
  }
}

function rosterOf(reply: unknown): Roster {
  const [number, count, ...rest] = reply as [number, number, ...string[]];
  const listed: Member[] = [];
  for (let index = 0; index + 1 < rest.length; index += 2) {
    listed.push({ id: rest[index] ?? "", name: rest[index + 1] ?? "" });
  }
  return { number, count, listed };
}

/** Reads a message of a room's channel; those that speak of the log are not for this listener. */
function tell(listener: PresenceStoreListener, message: string): void {
  switch (message.charAt(0)) {
    case "p": {
      const change = changeOf(message);
      return change && listener.changed(change);
    }
    case "t": {
      const { member, on } = JSON.parse(message.slice(2)) as { member: Member; on: boolean };
      return listener.typing(member, on);
    }
    case "g":
      return listener.leftOnPurpose(message.slice(2));
    default:
  }
}

function changeOf(message: string): RosterChange | undefined {
  const [, number, count, what, member] =
    /^p (\d+) (\d+) (entered|left|renamed) (.*)$/s.exec(message) ?? [];
  if (!member) return undefined;
  return {
    number: Number(number),
    count: Number(count),
    what: what as RosterChange["what"],
    member: JSON.parse(member) as Member,
  };
}
