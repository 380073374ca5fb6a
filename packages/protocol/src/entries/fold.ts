import type { LogEntry, SetFrame } from "./entry-frame.ts";
import { pinnedBy, pinOf } from "../settings/pin.ts";

/** The settings of a room: of each key that has a value, the entry that gave it. */
export type Settings = ReadonlyMap<string, SetFrame>;

/** What an entry does to the settings: a key gets it as its entry, or is removed. */
export interface SettingChange {
  readonly key: string;
  readonly entry: SetFrame | undefined;
}

/** The one rule by which settings follow from the log, on both ends (SPEC G2). */
export function settingChange(entry: LogEntry): SettingChange | undefined {
  if (entry.type === "set") {
    const { key, value } = entry.payload;
    return { key, entry: value === null ? undefined : entry };
  }
  if (entry.type === "deleted") {
    return { key: pinOf(entry.payload.targetSeq), entry: undefined };
  }
  return undefined;
}

/** The settings after an entry; the same ones where it changes none. */
export function withEntry(settings: Settings, entry: LogEntry): Settings {
  const change = settingChange(entry);
  if (!change || (!change.entry && !settings.has(change.key))) return settings;
  const changed = new Map(settings);
  // The last one that was set comes last.
  changed.delete(change.key);
  if (change.entry) changed.set(change.key, change.entry);
  return changed;
}

/** Whether a key holds in a log that starts at this `seq`: a pin goes with its message (SPEC G2). */
export function holdsFrom(key: string, first: number): boolean {
  return (pinnedBy(key) ?? first) >= first;
}
