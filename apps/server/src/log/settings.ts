import {
  holdsFrom,
  pinnedBy,
  SETTINGS_MAX,
  type EntryFrame,
  type SetFrame,
  type Settings,
} from "@parley/protocol";
import type { Draft, SettingRefused } from "./log.ts";

/** The settings that hold in a log that starts at `first`, by `seq`: what a page says of them. */
export function settingsFrom(frames: Iterable<SetFrame>, first: number): readonly SetFrame[] {
  return [...frames]
    .filter(({ payload }) => holdsFrom(payload.key, first))
    .toSorted((a, b) => a.payload.seq - b.payload.seq);
}

/**
 * Why a draft that sets something may not be added, if it may not (SPEC G3).
 * @param settings those that hold now
 * @param isPinnable whether a message that may be pinned stands at this `seq`
 */
export function settingRefusal(
  { type, payload, expect }: Draft,
  settings: Settings,
  isPinnable: (seq: number) => boolean,
): SettingRefused | undefined {
  if (type !== "set") return undefined;
  const { key, value } = payload;
  const present = settings.get(key);
  if (expect !== undefined && expect !== (present?.payload.seq ?? 0))
    return { is: "stale", present };
  if (value === null) return undefined;
  const pinned = pinnedBy(key);
  if (pinned !== undefined && !isPinnable(pinned)) return { is: "unknown_target" };
  if (!present && settings.size >= SETTINGS_MAX) return { is: "too_many_settings" };
  return undefined;
}

/** Whether an entry takes back the message at this `seq`. */
export function takesBack(entry: EntryFrame, seq: number): boolean {
  return entry.type === "deleted" && entry.payload.targetSeq === seq;
}
