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
  // A shelf that is full takes no writes, but files are removed all the same.
  const own = (await shelf.get(KEY)) ?? (await nameOf(shelf));
  const found = await asking(store.get(PLACE_ID, 0));
  if (found) return Buffer.from(found).toString() === own;
  return asking(store.put(PLACE_ID, 0, Buffer.from(own)));
}

/** Names a shelf, unless another server does at the same time. */
async function nameOf(shelf: Shelf): Promise<string> {
  const name = randomUUID();
  const isNew = await shelf.put(KEY, name, { until: Infinity, onlyIf: null });
  return isNew ? name : ((await shelf.get(KEY)) ?? name);
}
