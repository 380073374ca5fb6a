import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { endWithNpx } from "./npx.ts";

const SERVER_PORT = 8080;
const WEB_PORT = 5173;

const ROOT = join(import.meta.dirname, "..");
const WEB = join(ROOT, "apps/web");

endWithNpx();
console.log(`
  Open    http://localhost:${WEB_PORT}
  Server  ws://localhost:${SERVER_PORT}
  Both take in what is saved; Ctrl+C ends them.
`);

const children: readonly ChildProcess[] = [
  start(ROOT, [process.execPath, "--watch", "--watch-preserve-output", "apps/server/src/main.ts"]),
  start(WEB, [join(WEB, "node_modules/.bin/vite"), "--port", `${WEB_PORT}`, "--strictPort"]),
];

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    endAll(signal);
  });
}

/** Whichever ends first takes the other along; its exit code is ours. */
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
