import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the ports that systems give to clients. Among those, a client could be given the port of a
 * server that is down, and a client that tries to reach that server could connect to itself.
 */
const PORT_MIN = 20_000;
const PORT_MAX = 30_000;
/**
 * Each process takes its ports in turn out of so many of its own: a port is given long before a server
 * listens on it, or while its server is down, and meanwhile nobody else may be given the same.
 */
const OWN_PORTS = 100;
const SHARES = (PORT_MAX - PORT_MIN) / OWN_PORTS;

let turn = Math.floor(Math.random() * OWN_PORTS);

/** Finds a port of 127.0.0.1 that nobody listens on, and that stays so while its server is down. */
export async function freePort(): Promise<number> {
  const first = PORT_MIN + (process.pid % SHARES) * OWN_PORTS;
  for (let tried = 0; tried < OWN_PORTS; tried += 1) {
    turn = (turn + 1) % OWN_PORTS;
    const port = first + turn;
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${first} and ${first + OWN_PORTS}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch {
    return false;
  }
  const closed = once(server, "close");
  server.close();
  await closed;
  return true;
}
