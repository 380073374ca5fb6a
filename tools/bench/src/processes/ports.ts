import { connect } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 20;

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
