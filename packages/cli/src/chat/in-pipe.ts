import { createInterface } from "node:readline";
import { ExitCode } from "../exit-code.ts";
import { note, writeLine } from "../output.ts";
import { namesFor } from "../room/colours.ts";
import { Delivery } from "../room/delivery.ts";
import { entryText } from "../room/entry-text.ts";
import { notePending } from "../room/pending.ts";
import { openRoom, type RoomTarget } from "../room/open-room.ts";
import { Transcript } from "../room/transcript.ts";

/**
 * Chats for a program: each line of standard input is sent as a message, and each message is a line
 * of output.
 */
export async function chatInPipe(target: RoomTarget): Promise<ExitCode> {
  const room = openRoom(target);
  const { client } = room;
  const drawName = namesFor(process.stdout);
  const transcript = new Transcript();
  const delivery = new Delivery(client);
  const settled = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  let isDropped = false;
  let wasJoined = false;
  const unsubscribe = client.subscribe((event) => {
    if (event.type === "window" || event.type === "entries") {
      const notice = transcript.noticeOf(event);
      if (notice !== undefined) note(notice);
      for (const entry of transcript.fresh(event.entries))
        writeLine(entryText(entry, target.server, drawName));
    }
    if (event.type === "caught-up") note(`Back, ${event.fresh} new.`);
    if (event.type !== "status") return;
    const { is } = event.status;
    wasJoined ||= is === "joined";
    if (is === "waiting" && !isDropped && wasJoined) note("Reconnecting.");
    isDropped = is === "waiting" || is === "reconnecting";
    if (is === "joined" || is === "waiting") settled.resolve();
    if (is === "refused" || is === "closed") over.resolve();
  });
  const lines = createInterface({ input: process.stdin });
  const stop = () => over.resolve();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  await Promise.race([sayAll(lines, delivery), over.promise]);
  await Promise.race([settled.promise, over.promise]);
  const code = await delivery.end();
  lines.close();
  unsubscribe();
  client.leave();
  if (code === ExitCode.tryAgain) await notePending(room, target);
  return code;
}

async function sayAll(lines: AsyncIterable<string>, delivery: Delivery): Promise<void> {
  for await (const line of lines) {
    if (line.trim() !== "") await delivery.add(line);
  }
}
