import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { cpuMsOf, residentBytesOf } from "@parley/testkit/usage";
import type { ServerProcess } from "@parley/testkit/server-process";
import { throwUnlessSystem } from "@parley/testkit/system-error";

/** How often the memory is read, in ms. */
const LOOK_EVERY_MS = 20;

/** What a server used while it was measured; undefined if the system does not say. */
export interface Cost {
  readonly peakBytes: number | undefined;
  /** How much memory grew while it was measured. */
  readonly grownBytes: number | undefined;
  readonly cpuMs: number | undefined;
  /** On disk, more than before. */
  readonly storedBytes: number;
}

/**
 * Measures what a server uses from now on.
 * @returns ends the measurement and returns the result
 */
export async function measure({ pid, dataDir }: ServerProcess): Promise<() => Promise<Cost>> {
  const stored = await bytesIn(dataDir);
  const cpu = cpuMsOf([pid]);
  const resident = residentBytesOf([pid]);
  let peak = resident;
  const look = () => {
    const now = residentBytesOf([pid]);
    if (now !== undefined) peak = Math.max(peak ?? 0, now);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    look();
    return {
      peakBytes: peak,
      grownBytes: difference(peak, resident),
      cpuMs: difference(cpuMsOf([pid]), cpu),
      storedBytes: (await bytesIn(dataDir)) - stored,
    };
  };
}

async function bytesIn(directory: string): Promise<number> {
  const files = await readdir(directory);
  const sizes = files.map(async (file) => {
    // A file may be deleted while it is read.
    const found = await stat(join(directory, file)).catch((error: unknown) =>
      throwUnlessSystem(error),
    );
    return found?.size ?? 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function difference(after: number | undefined, before: number | undefined): number | undefined {
  return after === undefined || before === undefined ? undefined : after - before;
}
