import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import type { OpenRoom, RoomTarget } from "./open-room.ts";

/** Says how many messages are kept, and when they will be sent. */
export async function notePending(
  { outbox, outboxId }: OpenRoom,
  { room, server }: RoomTarget,
): Promise<void> {
  const kept = (await outbox.load(outboxId)).length;
  const where = plainLine(server.href);
  if (kept === 0) note(`${where} is away, and nothing could be kept. Try again later.`);
  else
    note(`${where} is away. Kept: ${kept} of ${room}; the next say, chat or tail sends it first.`);
}

/**
 * Says that a message which is kept nowhere was not acknowledged.
 * @param maybeStored whether the server may have it
 */
export function noteUnsent({ room, server }: RoomTarget, maybeStored: boolean): void {
  const where = `${room} at ${plainLine(server.href)}`;
  if (maybeStored)
    note(`The message may have reached ${where}. Look there before you run this again.`);
  else note(`The message did not reach ${where}, and is not kept. Run this again later.`);
}
