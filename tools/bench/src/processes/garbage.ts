import { setTimeout as sleep } from "node:timers/promises";
import { probe } from "@parley/testkit/probe";

/** How long a process may take to answer, in ms. */
const WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/**
 * Makes another Node process collect its garbage: SIGUSR1 opens its inspector, which then does it.
 * @param port of the process's inspector, as `--inspect-port` set it
 * @returns whether it did in time
 */
export async function collectGarbage(pid: number, port: number): Promise<boolean> {
  process.kill(pid, "SIGUSR1");
  const url = await inspectorUrl(port);
  if (url === undefined) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const patience = setTimeout(() => resolve(false), WITHIN_MS);
  const inspector = new WebSocket(url);
  inspector.addEventListener("open", () => {
    inspector.send(JSON.stringify({ id: 1, method: "HeapProfiler.collectGarbage" }));
  });
  inspector.addEventListener("message", () => resolve(true));
  inspector.addEventListener("error", () => resolve(false));
  const isDone = await promise;
  clearTimeout(patience);
  inspector.close();
  return isDone;
}

async function inspectorUrl(port: number): Promise<string | undefined> {
  const deadline = performance.now() + WITHIN_MS;
  while (performance.now() < deadline) {
    const answer = await probe(`http://127.0.0.1:${port}/json/list`);
    if (answer) {
      const targets = JSON.parse(answer.text) as { webSocketDebuggerUrl?: string }[];
      return targets[0]?.webSocketDebuggerUrl;
    }
    await sleep(LOOK_EVERY_MS);
  }
  return undefined;
}
