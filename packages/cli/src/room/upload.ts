import { randomBytes } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { FILE_PART_BYTES, type FileInfo } from "@parley/protocol";
import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import { stateFolder, readToken } from "../state/state-folder.ts";
import { refusalIn, unlessLost } from "./answer.ts";
import { orUnreadable, UnsendableFile, type LocalFile } from "./local-file.ts";
import type { RoomTarget } from "./open-room.ts";

const ID_BYTES = 16;
/** How often in a row a request may fail before the server counts as away. */
const TRIES = 6;
/** The first wait after a failure, in ms; it doubles. */
const WAIT_MS = 500;
/** The longest answer to a part, in ms. */
const WITHIN_MS = 60_000;

/** A file was not stored: the server is away, or refuses it. */
export class NotUploaded extends Error {
  override readonly name = "NotUploaded";
  readonly isTemporary: boolean;

  constructor(message: string, isTemporary: boolean) {
    super(message);
    this.isTemporary = isTemporary;
  }
}

/**
 * Stores a file at the server, a part at a time; what was answered is not sent again (SPEC B1).
 * @returns what a message says of it
 * @throws NotUploaded
 * @throws UnsendableFile if it cannot be read
 */
export async function uploadFile(target: RoomTarget, { path, head }: LocalFile): Promise<FileInfo> {
  const file = await orUnreadable(path, open(path));
  try {
    const id = randomBytes(ID_BYTES).toString("base64url");
    const begun = await put(target, id, JSON.stringify(head));
    const { missing } = (await begun.json()) as { readonly missing: readonly number[] };
    for (const n of missing) await put(target, `${id}/${n}`, await partOf(file, n, head.size));
    return { id, ...head };
  } finally {
    await file.close();
  }
}

async function partOf(file: FileHandle, n: number, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const from = n * FILE_PART_BYTES;
  const bytes = new Uint8Array(Math.min(FILE_PART_BYTES, size - from));
  let read = 0;
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, from + read);
    if (bytesRead === 0) throw new UnsendableFile("The file became shorter while it was sent.");
    read += bytesRead;
  }
  return bytes;
}

/** Sends a request, again and again while it fails for now. */
async function put(
  { server, room }: RoomTarget,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const token = readToken(stateFolder(server));
  const url = new URL(`api/rooms/${room}/files/${path}`, server);
  const headers = { Authorization: `Bearer ${token}` };
  let why = `${server.href} is away.`;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (tries === 1) note(`${plainLine(why)} Trying again.`);
    if (tries > 0) await setTimeout(WAIT_MS * 2 ** (tries - 1));
    const signal = AbortSignal.timeout(WITHIN_MS);
    const response = await unlessLost(fetch(url, { method: "PUT", body, headers, signal }));
    if (response?.ok) return response;
    if (!response) continue;
    const refused = await refusalIn(response, server);
    if (!refused.isTemporary) throw new NotUploaded(refused.why, false);
    why = refused.why;
  }
  throw new NotUploaded(why, true);
}
