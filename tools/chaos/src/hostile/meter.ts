import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { cpuMsOf, residentBytesOf } from "@parley/testkit/usage";
import type { ServerProcess } from "@parley/testkit/server-process";

/** How far apart two looks at the memory are, in ms. */
const LOOK_EVERY_MS = 20;

/** What a server took while it was measured; undefined where the system does not tell. */
export interface Cost {
  readonly peakBytes: number | undefined;
  /** How much of the peak came while it was measured. */
  readonly grownBytes: number | undefined;
  readonly cpuMs: number | undefined;
  /** On disk, more than before. */
  readonly storedBytes: number;
}

/**
 * Measures what a server takes from now on.
 * @returns ends the measurement, and tells
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
    // A file may go while it is looked at.
    const found = await stat(join(directory, file)).catch(() => undefined);
    return found?.size ?? 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function difference(after: number | undefined, before: number | undefined): number | undefined {
  return after === undefined || before === undefined ? undefined : after - before;
}
