import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@parley/testkit/ports";

const MAIN = join(import.meta.dirname, "../apps/server/src/main.ts");

/** From start to ready, in ms. */
const READY_MS = 60_000;
/** Between two looks whether it is ready, in ms. */
const LOOK_EVERY_MS = 50;
/** An ordered end takes at most 10 s; after this many ms it is killed. */
const STOP_MS = 30_000;

/** A real server process with a port and a data folder of its own. */
export interface Server {
  /** Where its pages are, such as `http://127.0.0.1:4711`. */
  readonly url: string;
  /** Where its sockets are, without a path. */
  readonly socketUrl: string;
  /** Everything it has written so far. */
  readonly output: () => string;
  /** Ends it in order, as a host would. */
  readonly stop: () => Promise<void>;
  /** Ends it with SIGKILL: it has no time for anything. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port and data, where it does not run. */
  readonly start: () => Promise<void>;
  /** Ends it and removes its data. */
  readonly dispose: () => Promise<void>;
}

/**
 * Starts a server on a free port of 127.0.0.1, without rate limits, and waits until it is ready.
 * @param env further variables, as the README has them
 * @param main the program to run, where it is not this repository's own
 */
export async function startServer(
  env: Readonly<Record<string, string>> = {},
  main: string = MAIN,
): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), "parley-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = "";
  let child: ChildProcess | undefined;

  const start = async () => {
    if (child && !hasEnded(child)) return;
    child = spawn(process.execPath, [main], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        HOST: "127.0.0.1",
        PORT: `${port}`,
        DATA_DIR: data,
        LIMITS: "off",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (text: string) => {
      output += text;
    };
    child.stdout?.setEncoding("utf8").on("data", keep);
    child.stderr?.setEncoding("utf8").on("data", keep);
    await ready(child, url, () => output);
  };
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    const ending = child;
    child = undefined;
    if (!ending || hasEnded(ending)) return;
    const patience = setTimeout(() => ending.kill("SIGKILL"), STOP_MS);
    const ended = once(ending, "exit");
    ending.kill(signal);
    await ended;
    clearTimeout(patience);
  };

  await start();
  return {
    url,
    socketUrl: url.replace("http", "ws"),
    output: () => output,
    start,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    dispose: async () => {
      await end("SIGKILL");
      await rm(data, { recursive: true, force: true });
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function ready(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const until = performance.now() + READY_MS;
  while (performance.now() < until && !hasEnded(child)) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
  child.kill("SIGKILL");
  throw new Error(`The server did not get ready. It wrote:\n${output()}`);
}
