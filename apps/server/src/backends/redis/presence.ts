import { randomBytes } from "node:crypto";
import type { Channels } from "./channels.ts";
import type { RedisConnection } from "./connection.ts";
import { ABSENCE_MS } from "../../limits/limits.ts";
import type { OpenPresence } from "../../presence/presence.ts";
import { LEASE_MS } from "../../presence/leases.ts";
import { RedisPresenceStore } from "./presence-store.ts";
import { SharedPresence } from "../../presence/shared-presence.ts";

const SERVER_ID_BYTES = 6;

export interface RedisPresence {
  readonly openPresence: OpenPresence;
  /** Lets everybody who is here now go after an absence, as the server does that ends. */
  goDown(): Promise<void>;
}

/**
 * The presence of all rooms, shared with other servers by way of Redis.
 * @param leaseMs how long a server that is silent keeps its members
 */
export function redisPresence(
  redis: RedisConnection,
  channels: Channels,
  leaseMs = LEASE_MS,
): RedisPresence {
  const serverId = randomBytes(SERVER_ID_BYTES).toString("hex");
  const open = new Set<SharedPresence>();
  return {
    openPresence(roomId, deps, events) {
      const store = new RedisPresenceStore({ redis, channels, serverId, leaseMs }, roomId);
      const presence = new SharedPresence(store, deps, events, () => open.delete(presence));
      open.add(presence);
      return presence;
    },
    async goDown() {
      await Promise.allSettled(Array.from(open, (presence) => presence.goDown(ABSENCE_MS)));
    },
  };
}
