import { randomUUID } from "node:crypto";
import type { Shelf } from "../shelf/shelf.ts";
import { asking } from "./files.ts";
import type { FileStore } from "./file-store.ts";

/** The id under which a store has the name of its shelf; it is never the id of a file. */
export const PLACE_ID = "whose-files-these-are-";
const KEY = "fileplace:id";

/**
 * Whether a store of files belongs to this shelf: both have the same random name, which is set once.
 * Otherwise two servers that share a store but no messages would delete each other's files.
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
