import { pinOf, type EntryRequest } from "@parley/protocol";
import { happens, oneOf, whole, type Chance } from "../chance.ts";
import type { Recorder } from "./recorder.ts";

/** The share of entries that set or remove a setting. */
const SETTINGS = 0.1;
/** The share of these that remove it. */
const REMOVALS = 0.3;
/** The share of these with an `expect`, though others may have set it since. */
const EXPECTATIONS = 0.4;

export type SetRequest = Extract<EntryRequest, { type: "set" }>;

/** A setting to write now; undefined to write something else. */
export function settingNow(
  chance: Chance,
  { chats, settings }: Pick<Recorder, "chats" | "settings">,
): SetRequest | undefined {
  if (!happens(chance, SETTINGS)) return undefined;
  const pinned = oneOf(chance, [...chats.values()]);
  const keys = ["name", "topic", ...(pinned === undefined ? [] : [pinOf(pinned)])];
  // Pick an existing one, because chance alone would rarely find one.
  const removed = happens(chance, REMOVALS) ? oneOf(chance, [...settings.keys()]) : undefined;
  const key = removed ?? oneOf(chance, keys) ?? "name";
  const given = key.startsWith("pin:") ? true : `${key} ${whole(chance, 1, 1_000)}`;
  const value = removed === undefined ? given : null;
  const expect = settings.get(key)?.payload.seq ?? 0;
  const expected = happens(chance, EXPECTATIONS) ? { expect } : {};
  return { type: "set", payload: { key, value, ...expected } };
}
