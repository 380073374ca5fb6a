import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, getPriority, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { within } from "@parley/testkit/waiting";

const PROGRAM = fileURLToPath(new URL("./attackers.ts", import.meta.url));

/** How long an attack may last beyond its time, in ms: on a busy machine it starts late. */
export const LONGER_BY_MS = 60_000;
/** How long the program may take to start and to end, in ms. */
const AROUND_MS = 60_000;

/** The size of an attack. */
export interface Attack {
  /** Attacking network addresses, with up to 50 sockets each. */
  readonly addresses: number;
  readonly seconds: number;
}

/** How often the attackers did each expensive thing. */
export interface Harm {
  /** Pages of history that were requested and never read. */
  pages: number;
  /** Messages of the largest size. */
  chats: number;
  /** Frames that take long to decode. */
  dear: number;
  /** Joins, renames, typing reports and leaves in one large room. */
  moves: number;
  /** Requests and sockets that were broken off, half open or malformed. */
  broken: number;
}

export const noHarm: Harm = { pages: 0, chats: 0, dear: 0, moves: 0, broken: 0 };

/** The input of the attackers' program. */
export interface AttackInput extends Attack {
  readonly port: number;
  /** The seed of random decisions. */
  readonly seed: number;
}

/**
 * Attacks a server from a separate process, so that it does not slow down the measurement. It takes
 * the given time, and longer if something was not done once by then.
 * @returns what was done
 */
export async function attack(target: AttackInput): Promise<Harm> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(target)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  // The measuring process on the same core has priority.
  const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;
  const later = Math.min(PRIORITY_LOW, getPriority() + PRIORITY_BELOW_NORMAL);
  if (child.pid !== undefined) setPriority(child.pid, later);
  try {
    const done = once(child, "message") as Promise<[Harm]>;
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`the attackers ended early, with ${code}`);
    });
    const withinMs = target.seconds * 1_000 + LONGER_BY_MS + AROUND_MS;
    return (await within(Promise.race([done, ended]), withinMs, "the attack"))[0];
  } finally {
    child.kill("SIGKILL");
  }
}
