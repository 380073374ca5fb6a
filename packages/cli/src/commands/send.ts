import { createRoomClient } from "@parley/client";
import { FILES_PER_MESSAGE_MAX, type FileInfo } from "@parley/protocol";
import { ExitCode } from "../exit-code.ts";
import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import { Delivery } from "../room/delivery.ts";
import { localFile, type LocalFile } from "../room/local-file.ts";
import { memberOptions, type RoomTarget } from "../room/open-room.ts";
import { noteUnsent } from "../room/pending.ts";
import { NotUploaded, uploadFile } from "../room/upload.ts";
import { UsageError } from "../usage.ts";

/**
 * Sends files with one message, and waits until the server has stored both.
 * @param message by default, the names of the files
 */
export async function send(
  target: RoomTarget,
  paths: readonly string[],
  message: string | undefined,
): Promise<ExitCode> {
  if (paths.length === 0) throw new UsageError("Which file?");
  if (paths.length > FILES_PER_MESSAGE_MAX) {
    throw new UsageError(`A message has at most ${FILES_PER_MESSAGE_MAX} files.`);
  }
  const local: LocalFile[] = [];
  for (const path of paths) local.push(await localFile(target, path));
  const files: FileInfo[] = [];
  try {
    for (const file of local) files.push(await uploadFile(target, file));
  } catch (error) {
    if (!(error instanceof NotUploaded)) throw error;
    note(plainLine(error.message));
    return error.isTemporary ? ExitCode.tryAgain : ExitCode.refused;
  }
  // An outbox in memory: what is not sent now is never sent later, so send may run again.
  const client = createRoomClient(memberOptions(target));
  const delivery = new Delivery(client);
  await delivery.add(message ?? files.map(({ name }) => name).join(", "), files);
  const code = await delivery.end();
  client.leave();
  if (code === ExitCode.tryAgain) noteUnsent(target, delivery.maybeStored);
  return code;
}
