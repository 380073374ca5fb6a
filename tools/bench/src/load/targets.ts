import { roomShard, unreachable } from "@parley/protocol";
import { roomIdOf, type Place } from "./guest.ts";
import type { SocketTarget } from "./bare-socket.ts";

/**
 * A client address has some 28,000 ports for one server port; Linux has 127.0.0.0/8 for clients.
 */
const SOCKETS_PER_ADDRESS = 15_000;

/**
 * How clients are distributed over nodes: neighbours in a room on different ones; a room on one, as a
 * balancer does by the shard in the address; or all on the first, but for one of each room on the
 * second.
 */
export type Distribution = "neighbours-apart" | "by-shard" | "one-apart";

/**
 * Where a client's socket connects to; after every 15,000, another loopback address.
 * @param index of the socket among all
 */
export function targetOf(
  index: number,
  place: Place,
  ports: readonly number[],
  path: string,
  distribution: Distribution = "neighbours-apart",
): SocketTarget {
  const port = ports[turnOf(place, distribution) % ports.length];
  if (port === undefined) throw new Error("there is no port to connect to");
  const address = Math.floor(index / SOCKETS_PER_ADDRESS);
  return { port, path, from: address === 0 ? undefined : `127.0.0.${1 + address}` };
}

function turnOf(place: Place, distribution: Distribution): number {
  switch (distribution) {
    case "neighbours-apart":
      return place.room + place.seat;
    case "by-shard":
      return Number.parseInt(roomShard(roomIdOf(place)), 16);
    case "one-apart":
      return place.seat === 0 ? 1 : 0;
    default:
      return unreachable(distribution);
  }
}
