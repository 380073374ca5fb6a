import type { LogEntry } from "@parley/protocol";
import { bodyOfEntry, contentOf, nameOf } from "./content.ts";
import type { FinalLog } from "./observation.ts";
import type { Violation } from "./verdict.ts";
import type { Witness } from "./witness.ts";

/** The final log itself: every `seq` once, ascending, without a gap; every `(member, id)` once. */
export function doubledInLog({ entries, first, head }: FinalLog): Violation[] {
  const violations: Violation[] = [];
  const names = new Set<string>();
  let next = first;
  for (const entry of entries) {
    const { seq } = entry.payload;
    const name = nameOf(entry);
    if (names.has(name)) violations.push({ kind: "doubled", what: `the log has ${name} twice` });
    if (seq !== next) {
      const kind = seq < next ? "doubled" : "hole";
      violations.push({ kind, what: `the log has ${seq} where ${next} belongs` });
    }
    names.add(name);
    next = seq + 1;
  }
  if (next !== head + 1) {
    violations.push({ kind: "hole", what: `the log ends before ${next}, and its head is ${head}` });
  }
  return violations;
}

/** Rule C: each place of a log has one content, for all clients and in the final log. */
export function differing(clients: readonly Witness[], log: FinalLog): Violation[] {
  const contents = new Map<string, string>();
  for (const entry of log.entries) contents.set(placeOf(log.epoch, entry), contentOf(entry));
  return clients.flatMap(({ client, saw, acknowledged }) =>
    [...saw, ...acknowledged].flatMap(({ epoch, entry }): Violation[] => {
      const { seq } = entry.payload;
      const place = placeOf(epoch, entry);
      const known = contents.get(place);
      if (known === undefined && epoch === log.epoch && seq >= log.first) {
        return [{ kind: "differs", what: `${client}: seq ${seq} was shown and is not in the log` }];
      }
      contents.set(place, known ?? contentOf(entry));
      if (known === undefined || known === contentOf(entry)) return [];
      return [{ kind: "differs", what: `${client}: seq ${seq} is another entry elsewhere` }];
    }),
  );
}

/**
 * Rule D: nothing that was refused for good is in the log or was shown. An entry of a lost log may
 * be sent again; there it may expect what the present log does not have.
 * If an id was sent twice over one connection, one copy may be refused and the other accepted.
 */
export function refusedShown(clients: readonly Witness[], log: FinalLog): Violation[] {
  const shown = clients.flatMap(({ saw }) =>
    saw.filter(({ epoch }) => epoch === log.epoch).map(({ entry }) => entry),
  );
  const everywhere = new Set(
    [...shown, ...log.entries].map((entry) => {
      return claimOf(entry.payload.from.id, entry.payload.id, bodyOfEntry(entry));
    }),
  );
  return clients.flatMap(({ client, person = "", refused }) =>
    refused
      .filter(({ final, isOneOfTwo = false }) => final && !isOneOfTwo)
      .filter(({ id, body }) => everywhere.has(claimOf(person, id, body)))
      .map(({ id }) => {
        return { kind: "refused-shown", what: `${client}: ${id} was refused and shown` } as const;
      }),
  );
}

function placeOf(epoch: string, { payload }: LogEntry): string {
  return `${epoch} ${payload.seq}`;
}

function claimOf(person: string, id: string, body: string): string {
  return `${person} ${id} ${body}`;
}
