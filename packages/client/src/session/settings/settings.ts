import {
  holdsFrom,
  withEntry,
  type DownPayload,
  type LogEntry,
  type Settings,
} from "@parley/protocol";

/** The settings of the room, as far as they are known. */
export interface RoomSettings {
  readonly settings: Settings;
  /** They are complete up to this `seq` of the log; entries up to it change nothing. */
  readonly seq: number;
}

export const noSettings: RoomSettings = { settings: new Map(), seq: 0 };

/**
 * The settings that a join lists; the same object if nothing changed. A server before 1.3 has none.
 */
export function settingsAt(
  before: RoomSettings,
  { settings = [], head }: Pick<DownPayload<"joined">, "settings" | "head">,
): RoomSettings {
  const isSame =
    settings.length === before.settings.size &&
    settings.every(({ payload: { key, seq, id } }) => {
      const known = before.settings.get(key)?.payload;
      return known?.seq === seq && known.id === id;
    });
  const told = isSame
    ? before.settings
    : new Map(settings.map((set) => [set.payload.key, set] as const));
  return { settings: told, seq: head };
}

/** The settings after entries that are shown now, in order (SPEC G2). */
export function settingsAfter(before: RoomSettings, entries: readonly LogEntry[]): RoomSettings {
  const later = entries.filter(({ payload }) => payload.seq > before.seq);
  const last = later.at(-1);
  if (!last) return before;
  return { settings: later.reduce<Settings>(withEntry, before.settings), seq: last.payload.seq };
}

/** Without the pins of trimmed messages: the log starts at `truncatedBefore` (SPEC G2). */
export function settingsFrom(before: RoomSettings, truncatedBefore = 0): RoomSettings {
  const held = [...before.settings].filter(([key]) => holdsFrom(key, truncatedBefore));
  return held.length === before.settings.size ? before : { ...before, settings: new Map(held) };
}
