import { setTimeout as sleep } from "node:timers/promises";
import { residentBytesOf } from "@parley/testkit/usage";
import { JOINS_AT_ONCE, type IdleSizes } from "../sizes.ts";
import type { Stage } from "../stage.ts";

const KB = 1_024;
/** How long a server is left idle before its own memory is read, in ms. */
const REST_MS = 1_000;

/** What idle clients cost a server. */
export interface Resident {
  readonly guests: number;
  /** Memory for each client, without the server's own, in KB. */
  readonly kbEach: number;
  /** The same after a full garbage collection; undefined without one. */
  readonly kbEachCollected: number | undefined;
  /** The memory before it, including the server's own, in KB. */
  readonly kbTotal: number;
  readonly generatorCpu: number;
}

/**
 * Joins clients, leaves them idle, and reads the server's memory.
 * @param socketsMax how many sockets a process may have, which limits the number of clients
 */
export async function measureResident(
  stage: Stage,
  sizes: IdleSizes,
  socketsMax: number,
): Promise<Resident> {
  const rooms = Math.max(1, Math.floor(Math.min(sizes.guests, socketsMax) / sizes.size));
  // Memory that the start left behind must not hide the memory of clients.
  await stage.server.collectGarbage();
  await sleep(REST_MS);
  const before = residentBytesOf(stage.server.pids) ?? Number.NaN;
  const { joined, generatorCpu } = await stage.gather(rooms, sizes.size, JOINS_AT_ONCE);
  await sleep(sizes.settleMs);
  const after = residentBytesOf(stage.server.pids) ?? Number.NaN;
  const isCollected = await stage.server.collectGarbage();
  await sleep(REST_MS);
  const collected = residentBytesOf(stage.server.pids) ?? Number.NaN;
  return {
    guests: joined,
    kbEach: (after - before) / joined / KB,
    kbEachCollected: isCollected ? (collected - before) / joined / KB : undefined,
    kbTotal: after / KB,
    generatorCpu,
  };
}

/** Figures beside the memory for each client. */
export function notesOnResident({ kbEachCollected, kbTotal }: Resident): string[] {
  const notes = [`${Math.round(kbTotal / KB)} MB in all`];
  if (kbEachCollected !== undefined) {
    notes.push(`${kbEachCollected.toFixed(1)} KB each after a full garbage collection`);
  }
  return notes;
}
