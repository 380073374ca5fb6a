import { holdsFrom, withEntry, type LogEntry, type Settings } from "@parley/protocol";
import { contentOf } from "./content.ts";
import type { FinalLog } from "./observation.ts";
import type { Violation } from "./verdict.ts";
import type { Witness } from "./witness.ts";

/**
 * The settings of every server are those that follow from the log, oldest first (SPEC G2). Trimmed
 * entries count as clients saw them; if nobody saw all of them, nothing can be checked.
 */
export function wrongSettings(clients: readonly Witness[], log: FinalLog): Violation[] {
  const entries = entriesOf(clients, log);
  if (entries.length < log.head) return [];
  const settings = [...entries.reduce<Settings>(withEntry, new Map())]
    .filter(([key]) => holdsFrom(key, log.first))
    .map(([, entry]) => entry);
  return log.told.flatMap((told): Violation[] => {
    const { server } = told;
    if (told.epoch !== log.epoch) {
      return [{ kind: "setting", what: `${server} tells the settings of another log` }];
    }
    if (textOf(told.settings) === textOf(settings)) return [];
    const what = `${server} tells ${gistOf(told.settings)}, the log says ${gistOf(settings)}`;
    return [{ kind: "setting", what }];
  });
}

/** All known entries of the log in order, including trimmed ones. */
function entriesOf(clients: readonly Witness[], { epoch, head, entries }: FinalLog): LogEntry[] {
  const seen = clients.flatMap(({ saw, acknowledged }) => [...saw, ...acknowledged]);
  const known = new Map(
    seen
      .filter((one) => one.epoch === epoch && one.entry.payload.seq <= head)
      .map(({ entry }) => [entry.payload.seq, entry]),
  );
  for (const entry of entries) known.set(entry.payload.seq, entry);
  return [...known.values()].toSorted((one, other) => one.payload.seq - other.payload.seq);
}

function textOf(settings: readonly LogEntry[]): string {
  return settings.map(contentOf).join("\n");
}

function gistOf(settings: FinalLog["told"][number]["settings"]): string {
  return settings.map(({ payload }) => `${payload.key}@${payload.seq}`).join(" ") || "none";
}
