import { nameOf } from "./content.ts";
import type { FinalLog } from "./observation.ts";
import type { Kind, Violation } from "./verdict.ts";
import type { Witness } from "./witness.ts";

/** Rule A, first half: what was acknowledged is in the final log, as long as it is kept. */
export function lost({ client, acknowledged }: Witness, log: FinalLog): Violation[] {
  const kept = new Set(log.entries.map(nameOf));
  const missing = acknowledged.filter(({ epoch, entry }) => {
    const wasTrimmed = epoch === log.epoch && entry.payload.seq < log.first;
    return !wasTrimmed && !kept.has(nameOf(entry));
  });
  const ids = new Set(missing.map(({ entry }) => entry.payload.id));
  return [...ids].map((id) =>
    found("lost", client, `${id} was acknowledged and is not in the log`),
  );
}

/**
 * Rule A, second half: this client, if it is still here, was shown all acknowledged entries and the
 * log's last entry.
 */
export function unseen(
  { client, left, showing }: Witness,
  all: readonly Witness[],
  log: FinalLog,
): Violation[] {
  if (left) return [];
  if (!showing.hasBegun) return [found("unseen", client, "was shown no window at all")];
  const acknowledged = new Set(
    all.flatMap(({ acknowledged }) => acknowledged.map(({ entry }) => nameOf(entry))),
  );
  const violations = log.entries
    .filter((entry) => acknowledged.has(nameOf(entry)))
    .filter((entry) => showing.isOwed(entry.payload.seq) && !showing.has(entry))
    .map(({ payload }) => found("unseen", client, `was not shown seq ${payload.seq}`));
  if (violations.length === 0 && showing.last < log.head) {
    const what = `was shown the log to ${showing.last}, and it goes on to ${log.head}`;
    violations.push(found("hole", client, what));
  }
  return violations;
}

/**
 * An author's acknowledged entries are in the log in the order of writing, except those that were
 * sent again while others were in flight (SPEC D6).
 */
export function outOfOrder({ client, wrote, acknowledged, overtaken }: Witness): Violation[] {
  const places = new Map(acknowledged.map(({ entry }) => [entry.payload.id, entry.payload.seq]));
  const violations: Violation[] = [];
  let last = 0;
  for (const id of wrote.keys()) {
    const seq = places.get(id);
    if (seq === undefined) continue;
    if (seq < last && !overtaken.has(id))
      violations.push(found("out-of-order", client, `${id} at ${seq} after ${last}`));
    last = Math.max(last, seq);
  }
  return violations;
}

/** A client that is still here has an answer to everything that it wrote (SPEC D5). */
export function unsettled({ client, left, wrote, acknowledged, refused }: Witness): Violation[] {
  if (left) return [];
  const answered = new Set(acknowledged.map(({ entry }) => entry.payload.id));
  for (const { id, final } of refused) if (final) answered.add(id);
  return [...wrote.keys()]
    .filter((id) => !answered.has(id))
    .map((id) => found("unsettled", client, `${id} has no answer`));
}

function found(kind: Kind, client: string, what: string): Violation {
  return { kind, what: `${client}: ${what}` };
}
