import type { Target } from "./line.ts";

/** A client address has some 28,000 ports for one server port; Linux has 127.0.0.0/8 for clients. */
const SOCKETS_PER_ADDRESS = 15_000;

/**
 * Where the socket of this number connects to: the ports in turn, and from another loopback
 * address after every 15,000.
 */
export function targetOf(index: number, ports: readonly number[], path: string): Target {
  const port = ports[index % ports.length];
  if (port === undefined) throw new Error("there is no port to connect to");
  const address = Math.floor(index / SOCKETS_PER_ADDRESS);
  return { port, path, from: address === 0 ? undefined : `127.0.0.${1 + address}` };
}
