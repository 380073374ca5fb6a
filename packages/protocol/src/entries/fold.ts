import type { LogEntry, SetFrame } from "./entry-frame.ts";
import { pinnedBy, pinOf } from "../settings/pin.ts";

/** The settings of a room: each key that has a value, with the entry that set it. */
export type Settings = ReadonlyMap<string, SetFrame>;

/**
 * What an entry does to the settings: `entry` becomes the value of `key`; undefined removes the
 * key.
 */
export interface SettingChange {
  readonly key: string;
  readonly entry: SetFrame | undefined;
}

/** The one rule that derives the settings from the log, for client and server (SPEC G2). */
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

/** The settings after an entry; the same object when it changes none. */
export function withEntry(settings: Settings, entry: LogEntry): Settings {
  const change = settingChange(entry);
  if (!change || (!change.entry && !settings.has(change.key))) return settings;
  const changed = new Map(settings);
  // Delete first, so that the setting that changed last is the last in the map.
  changed.delete(change.key);
  if (change.entry) changed.set(change.key, change.entry);
  return changed;
}

/**
 * Whether a setting still holds in a log that starts at `first`. A pin goes with its message (SPEC
 * G2).
 */
export function holdsFrom(key: string, first: number): boolean {
  return (pinnedBy(key) ?? first) >= first;
}
