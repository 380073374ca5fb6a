import { access, constants, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { canonicalFileName, type FileInfo } from "@parley/protocol";
import type { RoomTarget } from "./open-room.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".log": "text/plain",
  ".m4a": "audio/mp4",
  ".md": "text/plain",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".ogg": "audio/ogg",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".txt": "text/plain",
  ".wav": "audio/wav",
  ".webm": "video/webm",
  ".webp": "image/webp",
  ".zip": "application/zip",
};

/** A file of this machine that can be sent. */
export interface LocalFile {
  readonly path: string;
  /** What a message says of it. */
  readonly head: Pick<FileInfo, "name" | "type" | "size">;
}

/** A file cannot be sent; the message says why. */
export class UnsendableFile extends Error {
  override readonly name = "UnsendableFile";
}

/**
 * Looks at a file that is to be sent.
 * @throws UnsendableFile if it cannot be read, or is not a regular file: only that has its size from the
 *   beginning
 */
export async function localFile(target: RoomTarget, path: string): Promise<LocalFile> {
  const stats = await orUnreadable(path, stat(path));
  if (!stats.isFile()) throw new UnsendableFile(notRegular(target, path));
  await orUnreadable(path, access(path, constants.R_OK));
  const name = canonicalFileName(basename(path));
  if (name === undefined) throw new UnsendableFile(`${path} has no name that can be sent.`);
  const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
  return { path, head: { name, type, size: stats.size } };
}

/** The result of reading a file. An error of the system becomes an UnsendableFile. */
export async function orUnreadable<Value>(path: string, reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new UnsendableFile(`${path} cannot be read: ${error.message}`);
  }
}

function notRegular({ server, room }: RoomTarget, path: string): string {
  const url = new URL(`api/rooms/${room}/upload/NAME`, server);
  return `${path} is not a regular file. What a command writes is sent by curl:
  COMMAND | curl -T - ${url.href}`;
}
