import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithNpx } from "./npx.ts";
import { probe } from "@parley/testkit/probe";

const SERVER_PORT = 8080;
const WEB_PORT = 5173;
/** Between two checks whether it answers, in ms. */
const LOOK_EVERY_MS = 200;

const ROOT = join(import.meta.dirname, "..");
const WEB = join(ROOT, "apps/web");

endWithNpx();
const children: readonly ChildProcess[] = [
  start(ROOT, [process.execPath, "--watch", "--watch-preserve-output", "apps/server/src/main.ts"]),
  start(WEB, [
    join(WEB, "node_modules/.bin/vite"),
    "--port",
    `${WEB_PORT}`,
    "--strictPort",
    "--logLevel",
    "warn",
  ]),
];

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    endAll(signal);
  });
}

await Promise.all([
  answers(`http://127.0.0.1:${SERVER_PORT}/readyz`),
  answers(`http://127.0.0.1:${WEB_PORT}`),
]);
if (process.exitCode === undefined) {
  console.log(`  Work here        http://localhost:${WEB_PORT}
  The last build   http://localhost:${SERVER_PORT}
  Both take in what is saved; Ctrl+C ends them.
`);
}

/** Waits until the address answers, as long as both run. */
async function answers(url: string): Promise<void> {
  while (process.exitCode === undefined) {
    const answer = await probe(url);
    if (answer?.isOk) return;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Starts a program. When either ends, the other is ended, too; its exit code becomes ours. */
function start(folder: string, [program, ...args]: [string, ...string[]]): ChildProcess {
  const child = spawn(program, args, {
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, PORT: `${SERVER_PORT}` },
  });
  child.once("error", (error) => {
    console.error(`${program}: ${error.message}`);
    process.exitCode = 1;
    endAll("SIGTERM");
  });
  child.once("exit", (code) => {
    process.exitCode ??= code ?? 0;
    endAll("SIGTERM");
  });
  return child;
}

function endAll(signal: NodeJS.Signals): void {
  for (const child of children) child.kill(signal);
}
