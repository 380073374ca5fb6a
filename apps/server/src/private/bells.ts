import type { EntryFrame, RangFrame } from "@parley/protocol";
import { ringId } from "../identity.ts";
import { KeyedQueue } from "../log/keyed-queue.ts";
import type { Draft, RangDraft, RoomLog } from "../log/log.ts";
import { bellOf, bellsRungIn, isConversation } from "../log/private-ids.ts";

/**
 * A log that rings the bells of both members before it adds a private message, so that the partner and
 * all devices of the author learn of every acknowledged message (SPEC W4). A crash in between leaves a
 * ring without its message; the author sends the same `id` again, which does not ring a second time.
 */
export function withBells(log: RoomLog): RoomLog {
  /** Keeps the order of a conversation's messages, although each takes two steps. */
  const queue = new KeyedQueue();
  return {
    async read(logId, range, address) {
      const page = await log.read(logId, range, address);
      return bellOf(logId) ? { ...page, entries: page.entries.map(withIdOfMessage) } : page;
    },
    find(logId, target) {
      const find = () => log.find(logId, target);
      return isConversation(logId) ? queue.add(logId, find) : find();
    },
    follow(logId, onEntry, onReset) {
      const onRing = (entry: EntryFrame) => onEntry(withIdOfMessage(entry));
      return log.follow(logId, bellOf(logId) ? onRing : onEntry, onReset);
    },
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

type Rung = NonNullable<ReturnType<typeof bellsRungIn>>;

async function ring(
  log: RoomLog,
  { own, other, to }: Rung,
  logId: string,
  draft: Draft,
): Promise<void> {
  const { id, at, from } = draft.payload;
  // An entry with this id is stored and has rung: this is a repeat or a conflict.
  if (await log.find(logId, { id, author: from.id, ofAnyKind: true })) return;
  await Promise.all([
    log.append(other, { type: "rang", payload: { id, at, from } }),
    ringOwn(log, own, { id, at, from, to }),
  ]);
}

/** Rings the author's own bell, to which messages of several conversations with the same `id` come. */
async function ringOwn(
  log: RoomLog,
  own: string,
  payload: RangDraft["payload"] & Pick<Rung, "to">,
): Promise<void> {
  const appended = await log.append(own, { type: "rang", payload });
  if (appended.is !== "repeat" || isTo(appended.entry, payload.to)) return;
  const { id: idOfMessage, to } = payload;
  const id = ringId(to, idOfMessage);
  await log.append(own, { type: "rang", payload: { ...payload, id, idOfMessage } });
}

function isTo({ payload }: EntryFrame, to: string): boolean {
  return (payload as Partial<RangFrame["payload"]>).to === to;
}

/** A ring as it is sent: with the `id` of its message, also if it is stored under another one. */
function withIdOfMessage(entry: EntryFrame): EntryFrame {
  const { idOfMessage, ...payload } = entry.payload as RangDraft["payload"];
  if (idOfMessage === undefined) return entry;
  return { ...entry, payload: { ...payload, id: idOfMessage } } as EntryFrame;
}
