import { messageKinds } from "@parley/protocol";
import { keyOf } from "./connection.ts";
import { readScript } from "./scripts.ts";

const scriptsNamed = (...names: string[]) => names.map((name) => new URL(name, import.meta.url));
const files = scriptsNamed("./log-index.lua", "./log-settings.lua", "./log.lua");
const kinds = messageKinds.map((kind) => `${kind} = true`).join(", ");
const values = { MESSAGE_KINDS: `{ ${kinds} }` };

export const writing = readScript({ values, files, functions: ["append"], whenFull: "refused" });
export const reading = readScript({
  values,
  files,
  functions: ["read", "find", "look"],
  whenFull: "allowed",
});
/** Frees memory, so a full Redis lets it. */
export const sweeping = readScript({
  values,
  files: [...files, ...scriptsNamed("./sweep.lua")],
  functions: ["sweep"],
  whenFull: "allowed",
});

/** The keys of a room's log, as all scripts take them. */
export function keysOf(roomId: string): [meta: string, log: string, ids: string, set: string] {
  const [meta, log] = [keyOf(roomId, "meta"), keyOf(roomId, "log")];
  return [meta, log, keyOf(roomId, "ids"), keyOf(roomId, "settings")];
}

/** Matches the key `meta` of every room: a room exists if this key does. */
export const EVERY_META = keyOf("*", "meta");
const ROOM_OF_META = /^parley:\{(.*)\}:meta$/s;

/** The room that a key `meta` belongs to. */
export function roomOfMeta(key: string): string | undefined {
  return ROOM_OF_META.exec(key)?.[1];
}
