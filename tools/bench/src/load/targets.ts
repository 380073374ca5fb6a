import type { Place } from "./guest.ts";
import type { SocketTarget } from "./bare-socket.ts";

/**
 * A client address has some 28,000 ports for one server port; Linux has 127.0.0.0/8 for clients.
 */
const SOCKETS_PER_ADDRESS = 15_000;

/**
 * Where a client's socket connects to: the ports in turn within a room and over the rooms, so that
 * neighbours are on different nodes; after every 15,000, another loopback address.
 * @param index of the socket among all
 */
export function targetOf(
  index: number,
  { room, seat }: Place,
  ports: readonly number[],
  path: string,
): SocketTarget {
  const port = ports[(room + seat) % ports.length];
  if (port === undefined) throw new Error("there is no port to connect to");
  const address = Math.floor(index / SOCKETS_PER_ADDRESS);
  return { port, path, from: address === 0 ? undefined : `127.0.0.${1 + address}` };
}
