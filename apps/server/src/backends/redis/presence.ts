import { randomBytes } from "node:crypto";
import type { Channels } from "./channels.ts";
import type { RedisConnection } from "./connection.ts";
import { ABSENCE_MS } from "../../limits/limits.ts";
import type { PeopleOf } from "../../presence/presence.ts";
import { LEASE_MS } from "../../presence/leases.ts";
import { RedisRegister } from "./presence-store.ts";
import { SharedMembers } from "../../presence/shared-presence.ts";

const SERVER_ID_BYTES = 6;

export interface SharedPeople {
  readonly peopleOf: PeopleOf;
  /** Lets everybody who is here now go after an absence, as the server does that ends. */
  goDown(): Promise<void>;
}

/**
 * The people of all rooms, shared with other servers by way of Redis.
 * @param leaseMs how long a server that is silent keeps its people
 */
export function redisPeople(
  redis: RedisConnection,
  channels: Channels,
  leaseMs = LEASE_MS,
): SharedPeople {
  const serverId = randomBytes(SERVER_ID_BYTES).toString("hex");
  const open = new Set<SharedMembers>();
  return {
    peopleOf(roomId, deps, events) {
      const register = new RedisRegister({ redis, channels, serverId, leaseMs }, roomId);
      const members = new SharedMembers(register, deps, events, () => open.delete(members));
      open.add(members);
      return members;
    },
    async goDown() {
      await Promise.allSettled(Array.from(open, (members) => members.goDown(ABSENCE_MS)));
    },
  };
}
