import { throwUnlessUnavailable, type Appended, type Draft, type RoomLog } from "../log/log.ts";
import { storeIdOf } from "./file-ids.ts";
import { asking, revoke, type Files } from "./files.ts";
import type { FileOwner, Kept } from "./manifest.ts";

type Deletion = Extract<Draft, { type: "deleted" }>;

/** A message that is to be deleted. */
interface Deleted extends FileOwner {
  readonly message: string;
}

/**
 * Adds a deletion to the log and removes the files of the message. The deletion is noted in their
 * manifests first, so that after a crash a sweep removes them (SPEC B4). If the log has its id
 * already, it was noted, or is refused.
 */
export async function appendDeletion(
  log: RoomLog,
  files: Files,
  logId: string,
  draft: Deletion,
  onFailure: (error: unknown) => void,
): Promise<Appended> {
  const { id, target, from } = draft.payload;
  const author = from.id;
  const message = await log.find(logId, { id: target, author });
  const attached = message?.type === "chat" ? (message.payload.files ?? []) : [];
  const isKnown = attached.length > 0 && (await log.find(logId, { id, author, ofAnyKind: true }));
  const owner = { logId, author, message: target };
  for (const file of isKnown ? [] : attached) await note(files, file.id, owner, id);
  const appended = await log.append(logId, draft);
  if (message && isDeletionOf(appended, message.payload.seq)) {
    for (const file of attached) {
      await revokeDeleted(files, file.id, owner, onFailure).catch(throwUnlessUnavailable);
    }
  }
  return appended;
}

/** Whether the log has a deletion of the message with this `seq`; an earlier one may have had the same id. */
function isDeletionOf(appended: Appended, seq: number): boolean {
  if (appended.is !== "new" && appended.is !== "repeat") return false;
  const { entry } = appended;
  return entry.type === "deleted" && entry.payload.targetSeq === seq;
}

/** Notes a deletion, in the place of one that was noted before: that one may be refused. */
async function note(files: Files, id: string, deleted: Deleted, deletion: string): Promise<void> {
  let kept = await findOf(files, id, deleted);
  // It fails only if another request changed the manifest: then that request has finished.
  while (kept && !(await files.manifests.change(id, kept, { deletion }))) {
    kept = await findOf(files, id, deleted);
  }
}

/**
 * Nobody can read the file any more; its bytes are removed in the background.
 * @param deleted its deletion is in the log; the manifest may note another one
 */
async function revokeDeleted(
  files: Files,
  id: string,
  deleted: Deleted,
  onFailure: (error: unknown) => void,
): Promise<void> {
  let kept = await findOf(files, id, deleted);
  while (kept && !(await revoke(files, id, kept))) kept = await findOf(files, id, deleted);
  if (!kept) return;
  const removed = files.store.delete(storeIdOf(id, kept.manifest));
  asking(removed).catch(throwUnlessUnavailable).catch(onFailure);
}

/** The manifest of a file, if it belongs to this message. */
async function findOf(
  { manifests }: Files,
  id: string,
  { logId, author, message }: Deleted,
): Promise<Kept | undefined> {
  const kept = await manifests.get(id);
  const manifest = kept?.manifest;
  const isIts =
    manifest?.logId === logId && manifest.author === author && manifest.message === message;
  return isIts ? kept : undefined;
}
