import type { FileInfo } from "@parley/protocol";
import type { Appended, Draft, RoomLog } from "../log/log.ts";
import { storeIdOf } from "./file-ids.ts";
import { asking, FileRefused, type Files } from "./files.ts";
import type { FileOwner, Kept } from "./manifest.ts";
import { missingParts } from "./parts.ts";
import { appendDeletion } from "./deletions.ts";
import { isThis } from "./uploads.ts";

/** If several servers mark a file, one is first, and the others read the manifest again. */
const MARK_TRIES = 3;

/**
 * A log that adds a message only once its files are complete and marked as its own (SPEC B2, B4), over
 * every transport. `append` may throw FileRefused, and has then added nothing. The files of a deleted
 * message are removed at once.
 * @param files undefined if the server takes none
 * @param onFailure is told of an unexpected error: a bug
 */
export function withFiles(
  log: RoomLog,
  files: Files | undefined,
  onFailure: (error: unknown) => void,
): RoomLog {
  return {
    read: log.read.bind(log),
    find: log.find.bind(log),
    follow: log.follow.bind(log),
    append(logId, draft) {
      if (draft.type === "deleted" && files) {
        return appendDeletion(log, files, logId, draft, onFailure);
      }
      const attached = draft.type === "chat" ? draft.payload.files : undefined;
      return attached ? appendWith(log, files, attached, logId, draft) : log.append(logId, draft);
    },
  };
}

async function appendWith(
  log: RoomLog,
  files: Files | undefined,
  attached: readonly FileInfo[],
  logId: string,
  draft: Draft,
): Promise<Appended> {
  const { id, from, at } = draft.payload;
  // The log decides about a repeat and a conflict, also if the files are gone (SPEC D2, D3).
  const isKnown = () => log.find(logId, { id, author: from.id, ofAnyKind: true });
  if (await isKnown()) return log.append(logId, draft);
  try {
    if (!files) throw new FileRefused("files_off");
    await claim(files, attached, { logId, author: from.id }, { id, at });
  } catch (error) {
    if (!(error instanceof FileRefused) || !(await isKnown())) throw error;
  }
  return log.append(logId, draft);
}

/** The message that names files, and when it arrived. */
interface Claimant {
  readonly id: string;
  readonly at: number;
}

/**
 * Marks files as those of a message: all of them, or none. A file whose message is then not added
 * expires like an unsent one.
 */
async function claim(
  files: Files,
  attached: readonly FileInfo[],
  owner: FileOwner,
  message: Claimant,
): Promise<void> {
  const found: (readonly [FileInfo, Kept])[] = [];
  for (const file of attached) found.push([file, await check(files, file, owner, message.id)]);
  for (const [file, kept] of found) await mark(files, file, owner, message, kept);
}

/** Checks whether a message may have a file. */
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
  const parts = await asking(store.has(storeIdOf(file.id, manifest)));
  const isThumbless = file.thumb && !parts.some(({ name }) => name === "thumb");
  if (isThumbless || missingParts(parts, file.size).length > 0)
    throw new FileRefused("unknown_file");
  return kept;
}

/** Marks a file, also if it is marked already: the time of the last attempt holds off a sweep. */
async function mark(
  files: Files,
  file: FileInfo,
  owner: FileOwner,
  { id: message, at }: Claimant,
  checked: Kept,
): Promise<void> {
  let kept = checked;
  for (let tries = 0; tries < MARK_TRIES; tries += 1) {
    const { message: marked, markedAt = 0 } = kept.manifest;
    if (marked === message && markedAt >= at) return;
    if (await files.manifests.change(file.id, kept, { message, markedAt: at })) return;
    kept = await check(files, file, owner, message);
  }
  throw new FileRefused("file_taken");
}
