import { createServer, connect } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** Below the ports that systems give to clients: a client must not meet itself on it. */
const PORT_MIN = 20_000;
const PORT_MAX = 30_000;
const TRIES = 50;
const LOOK_EVERY_MS = 20;

/** Finds a port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = PORT_MIN + Math.floor(Math.random() * (PORT_MAX - PORT_MIN));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${PORT_MIN} and ${PORT_MAX}`);
}

/**
 * Waits until somebody listens on a port.
 * @param isPointless whether to give up, because the process has ended, say
 * @returns whether it came so far within the time
 */
export async function listening(
  port: number,
  withinMs: number,
  isPointless: () => boolean,
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline && !isPointless()) {
    if (await accepts(port)) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
