import type { PendingMessage } from "@parley/client";
import {
  pinnedBy,
  pinOf,
  type EntryRequest,
  type LogEntry,
  type SetFrame,
  type Settings,
} from "@parley/protocol";

/** The settings of the room, and the entries of the log that changed them. */
export interface SettingsSlice {
  /** Each key that has a value, with the entry that set it (SPEC G2). */
  readonly settings: Settings;
  /** Every loaded set entry, in the order of the log. */
  readonly setEntries: readonly SetFrame[];
}

export const emptySettings: SettingsSlice = { settings: new Map(), setEntries: [] };

/** A new window of the log is shown. */
export function settingsOpened(entries: readonly LogEntry[]): Partial<SettingsSlice> {
  return { setEntries: entries.filter(isSet) };
}

/** Entries arrive at the end. */
export function settingsLogged(
  { setEntries }: SettingsSlice,
  entries: readonly LogEntry[],
): Partial<SettingsSlice> {
  const sets = entries.filter(isSet);
  return sets.length === 0 ? {} : { setEntries: [...setEntries, ...sets] };
}

/** A page arrives before the first entry. */
export function settingsPrepended(
  { setEntries }: SettingsSlice,
  entries: readonly LogEntry[],
): Partial<SettingsSlice> {
  const sets = entries.filter(isSet);
  return sets.length === 0 ? {} : { setEntries: [...sets, ...setEntries] };
}

function isSet(entry: LogEntry): entry is SetFrame {
  return entry.type === "set";
}

type Standing = Pick<SettingsSlice, "settings"> & { readonly outgoing: readonly PendingMessage[] };

/** The text of a setting after pending changes; undefined if it has none. */
export function textSetting(standing: Standing, key: "name" | "topic"): string | undefined {
  const pending = pendingSets(standing.outgoing).findLast((set) => set.key === key);
  const value = pending ? pending.value : standing.settings.get(key)?.payload.value;
  return typeof value === "string" ? value : undefined;
}

/** The request that pins or unpins a message. */
export function pinning(seq: number, on: boolean): EntryRequest {
  return { type: "set", payload: { key: pinOf(seq), value: on ? true : null } };
}

/** The `seq` of each pinned message after pending changes, the latest pin first. */
export function pinsOf({ settings, outgoing }: Standing): readonly number[] {
  const pins = new Set([...settings.keys()].map(pinnedBy).filter((seq) => seq !== undefined));
  for (const { key, value } of pendingSets(outgoing)) {
    const seq = pinnedBy(key);
    if (seq === undefined || (value !== null && pins.has(seq))) continue;
    if (value === null) pins.delete(seq);
    else pins.add(seq);
  }
  return [...pins].toReversed();
}

/**
 * The entry that a key must still have for a change to be accepted: 0 for none; undefined while
 * one's own change is pending.
 */
export function expectedSeq({ settings, outgoing }: Standing, key: string): number | undefined {
  if (pendingSets(outgoing).some((set) => set.key === key)) return undefined;
  return settings.get(key)?.payload.seq ?? 0;
}

/** The pending set requests, oldest first. */
function pendingSets(outgoing: readonly PendingMessage[]) {
  return outgoing.flatMap(({ frame, state }) =>
    frame.type === "set" && state.is !== "failed" ? [frame.payload] : [],
  );
}
