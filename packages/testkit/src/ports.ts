import { once } from "node:events";
import { createServer } from "node:net";
import { throwUnlessSystem } from "./system-error.ts";

/**
 * Below the ports that systems give to clients. In that range, a client could get the port of a
 * server that is down, or even connect to itself.
 */
const PORT_MIN = 20_000;
const PORT_MAX = 30_000;
/**
 * How many ports each process has of its own. A port is handed out long before a server listens on
 * it, or while its server is down, and meanwhile no other process may get it.
 */
const OWN_PORTS = 100;
const SHARES = (PORT_MAX - PORT_MIN) / OWN_PORTS;

let turn = Math.floor(Math.random() * OWN_PORTS);

/**
 * Finds a port of 127.0.0.1 that nobody listens on, and that stays reserved while its server is
 * down.
 */
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
  } catch (error) {
    throwUnlessSystem(error);
    return false;
  }
  const closed = once(server, "close");
  server.close();
  await closed;
  return true;
}
