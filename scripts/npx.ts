import { readFileSync } from "node:fs";

/** How often to check whether npx still runs, in ms. */
const LOOK_EVERY_MS = 500;
/** How many processes up npx may be: itself, its shell, pnpm, pnpm's shell, this one. */
const STEPS_UP = 6;

/**
 * Ends this process as by SIGTERM once the npx that started it has ended. `npx pnpm start` puts a
 * shell between npx and pnpm, and the `sh` of Debian and Ubuntu forwards no signals: without this,
 * ending npx would leave everything below it running. Without /proc or npx it does nothing; on
 * other systems the shell replaces itself.
 */
export function endWithNpx(): void {
  const npx = findNpx();
  if (npx === undefined) return;
  const watch = setInterval(() => {
    try {
      process.kill(npx, 0);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      clearInterval(watch);
      process.kill(process.pid, "SIGTERM");
    }
  }, LOOK_EVERY_MS);
  watch.unref();
}

function findNpx(): number | undefined {
  let pid = process.ppid;
  for (let step = 0; step < STEPS_UP && pid > 0; step += 1) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("npm exec ")) return pid;
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      pid = Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? 0);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      return undefined;
    }
  }
  return undefined;
}
