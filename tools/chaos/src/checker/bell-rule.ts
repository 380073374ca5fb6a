import type { LogEntry, RangFrame } from "@parley/protocol";
import { nameOf } from "./content.ts";
import type { Violation } from "./verdict.ts";

type Ring = RangFrame["payload"];

/** The bell of one member at the end, and what rang until then. */
export interface BellRecord {
  readonly client: string;
  readonly epoch: string;
  /** The entries of the final bell, oldest first. */
  readonly kept: readonly Ring[];
  /** What the client was told, with the epoch of that bell. */
  readonly heard: readonly { readonly epoch: string; readonly ring: Ring }[];
  /** All entries of the member's conversations. */
  readonly written: readonly LogEntry[];
}

/**
 * Every message that this member wrote or was sent rang once, and the member was told of every ring of
 * the final bell once (SPEC W4). A ring without its message is nothing: its author was not answered.
 */
export function wrongRings({ client, epoch, kept, heard, written }: BellRecord): Violation[] {
  const violations: Violation[] = [];
  const found = (kind: Violation["kind"], what: string) =>
    violations.push({ kind, what: `${client}: ${what}` });
  const rang = new Set<string>();
  let next = kept[0]?.seq ?? 1;
  for (const ring of kept) {
    const name = ringName(ring);
    if (rang.has(name)) found("doubled", `the bell has ${name} twice`);
    if (ring.seq !== next) found("hole", `the bell has ${ring.seq} where ${next} belongs`);
    rang.add(name);
    next = ring.seq + 1;
  }
  const isTrimmed = (kept[0]?.seq ?? 1) > 1;
  for (const entry of written) {
    if (entry.type !== "chat" || isTrimmed || rang.has(nameOf(entry))) continue;
    found("lost", `${nameOf(entry)} did not ring`);
  }
  const told = new Set<string>();
  for (const { epoch: of, ring } of heard) {
    const place = `${of} ${ring.seq}`;
    if (told.has(place)) found("doubled", `was told of ring ${ring.seq} twice`);
    told.add(place);
  }
  for (const { seq } of kept) {
    if (!told.has(`${epoch} ${seq}`)) found("unseen", `was not told of ring ${seq}`);
  }
  return violations;
}

function ringName({ id, from }: Ring): string {
  return `${from.id} ${id}`;
}
