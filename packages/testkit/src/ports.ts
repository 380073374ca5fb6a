import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the ports that systems give to clients. Among those, a client could be given the port of a
 * server that is down, and a client that tries to reach that server could connect to itself.
 */
const PORT_MIN = 20_000;
const PORT_MAX = 30_000;
const TRIES = 50;

/** Finds a port of 127.0.0.1 that nobody listens on, and that stays so while its server is down. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = PORT_MIN + Math.floor(Math.random() * (PORT_MAX - PORT_MIN));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${PORT_MIN} and ${PORT_MAX}`);
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
