import { randomUUID } from "node:crypto";
import type { Shelf } from "../shelf/shelf.ts";
import { asking } from "./files.ts";
import type { FileStore } from "./file-store.ts";

/** The id under which a store says whose it is; no file has it. */
export const PLACE_ID = "whose-files-these-are-";
const KEY = "fileplace:id";

/**
 * Whether a store of files is that of this shelf: each has the same random name, which it is given
 * once. If two servers that share no messages were given one store, each would take the other's files
 * for nobody's.
 */
export async function isOwnPlace(store: FileStore, shelf: Shelf): Promise<boolean> {
  const name = randomUUID();
  const isNew = await shelf.put(KEY, name, { until: Infinity, onlyIf: null });
  const own = isNew ? name : await shelf.get(KEY);
  const found = await asking(store.get(PLACE_ID, 0));
  if (found) return Buffer.from(found).toString() === own;
  await asking(store.put(PLACE_ID, 0, Buffer.from(own ?? name)));
  return true;
}
