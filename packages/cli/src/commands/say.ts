import { createInterface } from "node:readline";
import { text as textOf } from "node:stream/consumers";
import { ExitCode } from "../exit-code.ts";
import { Delivery } from "../room/delivery.ts";
import { notePending } from "../room/pending.ts";
import { openConversation } from "../room/open-conversation.ts";
import { noteDoctor, noteNoParley } from "../room/unreached.ts";
import { openRoom, type RoomTarget } from "../room/open-room.ts";

/** What to send: one message, or each line of standard input. */
export type MessageSource =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "input" }
  | { readonly is: "lines" };

/**
 * Sends messages, and waits until the server has stored them. They are kept if it is away, and not if
 * it is no Parley.
 */
export async function say(
  target: RoomTarget,
  source: MessageSource,
  whom: string | undefined,
): Promise<ExitCode> {
  const room = whom === undefined ? openRoom(target) : await openConversation(target, whom);
  if (typeof room === "number") return room;
  const delivery = new Delivery(room.client);
  for await (const message of messagesOf(source)) await delivery.add(message);
  const code = await delivery.end();
  room.leave();
  if (code !== ExitCode.tryAgain) return code;
  if (!delivery.wasJoined && (await noteNoParley(target.server))) {
    for (const id of delivery.early) await room.outbox.remove(room.outboxId, id);
    return ExitCode.refused;
  }
  await notePending(room, target);
  if (!delivery.wasJoined) noteDoctor(target.server);
  return code;
}

async function* messagesOf(source: MessageSource): AsyncGenerator<string> {
  if (source.is === "text") yield source.text;
  if (source.is === "input") yield (await textOf(process.stdin)).replace(/\r?\n$/, "");
  if (source.is !== "lines") return;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== "") yield line;
  }
}
