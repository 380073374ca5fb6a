import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "@parley/testkit/percentile";

const WRITES = 60;
const WRITE_BYTES = 4_096;
/** A disk that was idle for a moment is slower, as in a quiet room. */
const PAUSE_MS = 15;

/**
 * Measures how long a disk takes to make one small write durable. No server that stores first can
 * be faster.
 * @returns the median, in ms
 */
export async function diskSyncMs(folder: string): Promise<number> {
  const path = join(folder, `sync-${process.pid}`);
  const file = await open(path, "w");
  try {
    const times: number[] = [];
    for (let write = 0; write < WRITES; write += 1) {
      await sleep(PAUSE_MS);
      const from = performance.now();
      await file.write(Buffer.alloc(WRITE_BYTES), 0, WRITE_BYTES, 0);
      await file.datasync();
      times.push(performance.now() - from);
    }
    return percentile(
      times.toSorted((a, b) => a - b),
      0.5,
    );
  } finally {
    await file.close();
    await rm(path);
  }
}
