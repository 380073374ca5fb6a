import { createHash, randomBytes } from "node:crypto";
import { isFileId } from "@parley/protocol";
import type { Manifest } from "./manifest.ts";

const ID_BYTES = 16;
const ID_CHARS = 22;

/** A random id that cannot be guessed. */
export function newFileId(): string {
  return randomBytes(ID_BYTES).toString("base64url");
}

/** The same id for the same secrets: a repeated request finds the file that it stored before. */
export function repeatableFileId(...secrets: readonly string[]): string {
  return createHash("sha256").update(secrets.join("\n")).digest("base64url").slice(0, ID_CHARS);
}

/**
 * The id under which a store has the parts of a file: the file's, and its upload's. So parts of an
 * earlier upload of the same id, and their late removal, do not concern this one.
 */
export function storeIdOf(id: string, { upload = "" }: Pick<Manifest, "upload">): string {
  return id + upload;
}

/** The file that a store has under this id. */
export function fileIdOf(storeId: string): string {
  return storeId.slice(0, ID_CHARS);
}

/** Whether a store may have a file under this id. */
export function isStoreId(id: string): boolean {
  const upload = id.slice(ID_CHARS);
  return isFileId(fileIdOf(id)) && (upload === "" || isFileId(upload));
}
