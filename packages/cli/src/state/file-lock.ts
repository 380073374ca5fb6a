import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { SendLock } from "@parley/client";
import { isCode, orElse } from "./state-folder.ts";

/** How often a waiting process checks the lock, in ms. */
const LOOK_EVERY_MS = 50;
/** How often the holder shows that it runs, in ms. */
const BEAT_EVERY_MS = 2_000;
/**
 * A holder that showed nothing for this long, in ms, is stopped, or another process has its pid
 * now.
 */
const STALE_AFTER_MS = 15_000;

/**
 * A send lock for processes: the one whose pid is in the lock file sends what is in a room's
 * outbox. If that process has ended or is stopped, another takes the lock over. Two that take it
 * over at the same moment may both hold it: the server still stores each id once (SPEC D2).
 */
export function fileSendLock(folder: string): SendLock {
  return (roomId, listener) => {
    const room = join(folder, roomId);
    const file = join(room, "lock");
    let isHeld = false;
    let timer: NodeJS.Timeout | undefined;
    const own = `${process.pid}`;

    const look = () => {
      if (isHeld) isHeld = beat(file, own);
      else isHeld = take(room, file, own);
      return isHeld;
    };
    const turn = () => {
      const before = isHeld;
      // If no lock file can be made, no process can make one, so each sends for itself.
      const after = orElse(look, true);
      if (after && !before) listener.acquired();
      if (before && !after) listener.lost();
      timer = setTimeout(turn, after ? BEAT_EVERY_MS : LOOK_EVERY_MS);
      timer.unref();
    };
    timer = setTimeout(turn, 0);
    return {
      // It is taken as soon as it is free.
      request: () => undefined,
      release() {
        clearTimeout(timer);
        if (isHeld && orElse(() => holderOf(file) === own, false)) rmSync(file, { force: true });
        isHeld = false;
      },
    };
  };
}

/** Shows that the holder runs; returns false if another process took the lock. */
function beat(file: string, own: string): boolean {
  if (holderOf(file) !== own) return false;
  const now = new Date();
  utimesSync(file, now, now);
  return true;
}

function take(room: string, file: string, own: string): boolean {
  mkdirSync(room, { recursive: true, mode: 0o700 });
  if (create(file, own)) return true;
  if (!isStale(file)) return false;
  rmSync(file, { force: true });
  return create(file, own);
}

function create(file: string, own: string): boolean {
  try {
    const descriptor = openSync(file, "wx", 0o600);
    writeSync(descriptor, own);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

function isStale(file: string): boolean {
  try {
    const isOld = Date.now() - statSync(file).mtimeMs > STALE_AFTER_MS;
    const pid = Number(holderOf(file));
    return isOld || (pid > 0 && !isRunning(pid));
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

function holderOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, "ESRCH");
  }
}
