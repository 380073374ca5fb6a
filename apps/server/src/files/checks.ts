import { FILE_BYTES_MAX, FILE_PART_BYTES } from "@parley/protocol";
import { isStoreId } from "./file-ids.ts";
import type { PartName } from "./file-store.ts";

/** The most parts that a file can have. */
const PARTS_MAX = FILE_BYTES_MAX / FILE_PART_BYTES;
const PART_NAME = /^(?:0|[1-9]\d{0,3}|thumb)$/;

/** @throws RangeError if a store can have no file under this id */
export function checkStoreId(id: string): void {
  if (!isStoreId(id)) throw new RangeError("This is no id of a file.");
}

/** @throws RangeError if a file cannot have such a part */
export function checkPart(part: PartName): void {
  if (part === "thumb") return;
  if (Number.isInteger(part) && part >= 0 && part < PARTS_MAX) return;
  throw new RangeError("No file has such a part.");
}

/** @throws RangeError if this is not a range of bytes */
export function checkRange(range: { readonly from: number; readonly to: number }): void {
  const { from, to } = range;
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from < to) return;
  throw new RangeError("No bytes have this range.");
}

/** The part that is stored under this name; undefined if the name is not that of a part. */
export function partNamed(name: string): PartName | undefined {
  if (!PART_NAME.test(name)) return undefined;
  if (name === "thumb") return name;
  return Number(name) < PARTS_MAX ? Number(name) : undefined;
}
