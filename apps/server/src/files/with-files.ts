import type { FileInfo } from "@parley/protocol";
import type { Appended, Draft, RoomLog } from "../log/log.ts";
import { asking, FileRefused, type Files } from "./files.ts";
import type { FileOwner, Kept } from "./manifest.ts";
import { missingParts } from "./parts.ts";
import { isThis } from "./uploads.ts";

/** Of several servers that mark a file, one is first: the others look once more. */
const MARK_TRIES = 3;

/**
 * A log in which the files of a message are whole and its own before the message is added (SPEC B2,
 * B4), wherever it comes from. An `append` may throw FileRefused, and has added nothing then.
 * @param files undefined if the server takes none
 */
export function withFiles(log: RoomLog, files: Files | undefined): RoomLog {
  return {
    read: log.read.bind(log),
    find: log.find.bind(log),
    follow: log.follow.bind(log),
    append(logId, draft) {
      const attached = filesOf(draft);
      return attached.length === 0
        ? log.append(logId, draft)
        : appendWith(log, files, attached, logId, draft);
    },
  };
}

/** The files of a message. */
function filesOf({ type, payload }: Draft): readonly FileInfo[] {
  return type === "chat" ? (payload.files ?? []) : [];
}

async function appendWith(
  log: RoomLog,
  files: Files | undefined,
  attached: readonly FileInfo[],
  logId: string,
  draft: Draft,
): Promise<Appended> {
  const { id, from } = draft.payload;
  try {
    if (!files) throw new FileRefused("files_off");
    await claim(files, attached, { logId, author: from.id }, id);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    // What was said before is the log's to judge, also if its files are gone (SPEC D2, D3).
    if (!(await log.find(logId, { id, author: from.id, ofAnyKind: true }))) throw error;
  }
  return log.append(logId, draft);
}

/**
 * Gives files to a message: all of them, or none. What is marked and never said is no message's, and
 * goes as unsent files do.
 */
async function claim(
  files: Files,
  attached: readonly FileInfo[],
  owner: FileOwner,
  message: string,
): Promise<void> {
  const found: (readonly [FileInfo, Kept])[] = [];
  for (const file of attached) found.push([file, await check(files, file, owner, message)]);
  for (const [file, kept] of found) await mark(files, file, owner, message, kept);
}

/** Looks whether a message may have a file. */
async function check(
  { manifests, store }: Files,
  file: FileInfo,
  { logId, author }: FileOwner,
  message: string,
): Promise<Kept> {
  const kept = await manifests.get(file.id);
  const manifest = kept?.manifest;
  const isOwn = manifest?.logId === logId && manifest.author === author;
  if (!kept || !manifest || !isOwn || !isThis(manifest, file))
    throw new FileRefused("unknown_file");
  if (manifest.message === message) return kept;
  if (manifest.message !== undefined) throw new FileRefused("file_taken");
  const parts = await asking(store.has(file.id));
  const isThumbless = file.thumb && !parts.some(({ name }) => name === "thumb");
  if (isThumbless || missingParts(parts, file.size).length > 0)
    throw new FileRefused("unknown_file");
  return kept;
}

async function mark(
  files: Files,
  file: FileInfo,
  owner: FileOwner,
  message: string,
  checked: Kept,
): Promise<void> {
  let kept = checked;
  for (let tries = 0; tries < MARK_TRIES; tries += 1) {
    if (kept.manifest.message === message) return;
    if (await files.manifests.change(file.id, kept, { message })) return;
    kept = await check(files, file, owner, message);
  }
  throw new FileRefused("file_taken");
}
