import { createHash, randomBytes } from "node:crypto";

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
