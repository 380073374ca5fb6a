import { KeyedQueue } from "../log/keyed-queue.ts";
import type { Draft, RoomLog } from "../log/log.ts";
import { bellsRungIn, isConversation } from "../log/private-ids.ts";

/**
 * A log that rings the bells of both members before it adds a private message, so that the partner and
 * all devices of the author learn of every acknowledged message (SPEC W4). A crash in between leaves a
 * ring without its message; the author sends the same `id` again, which does not ring a second time.
 */
export function withBells(log: RoomLog): RoomLog {
  /** Keeps the order of a conversation's messages, although each takes two steps. */
  const queue = new KeyedQueue();
  return {
    read: log.read.bind(log),
    find(logId, target) {
      const find = () => log.find(logId, target);
      return isConversation(logId) ? queue.add(logId, find) : find();
    },
    follow: log.follow.bind(log),
    append(logId, draft) {
      const bells = bellsRungIn(logId, draft.payload.from.id);
      if (!bells) return log.append(logId, draft);
      return queue.add(logId, async () => {
        if (draft.type === "chat") await ring(log, bells, logId, draft);
        return log.append(logId, draft);
      });
    },
  };
}

async function ring(
  log: RoomLog,
  { own, other, to }: NonNullable<ReturnType<typeof bellsRungIn>>,
  logId: string,
  draft: Draft,
): Promise<void> {
  const { id, at, from } = draft.payload;
  // An entry with this id is stored and has rung: this is a repeat or a conflict.
  if (await log.find(logId, { id, author: from.id, ofAnyKind: true })) return;
  await Promise.all([
    log.append(other, { type: "rang", payload: { id, at, from } }),
    log.append(own, { type: "rang", payload: { id, at, from, to } }),
  ]);
}
