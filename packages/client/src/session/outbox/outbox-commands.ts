import type { EntryRequest, Refusal } from "@parley/protocol";
import type { OutboxRecord } from "../../storage/outbox.ts";
import type { OutboxRecords } from "../../storage/room-outbox.ts";
import type { Input } from "../machine/input.ts";
import { andThen, step, type Step } from "../machine/step.ts";
import { amended, mergeRecords, recordOf, withState, type OutboxItem } from "./outbox-item.ts";
import { failItem, type SendQueue } from "./send-queue.ts";
import { filesOf, uploadDone, withoutUpload } from "./uploads.ts";

/** An entry is written: it goes into the outbox first (SPEC D5). */
export function write(
  queue: SendQueue,
  id: string,
  frame: EntryRequest,
  now: number,
): Step<SendQueue> {
  const item: OutboxItem = { id, frame, at: now, state: { is: "storing" } };
  const next = { ...queue, items: [...queue.items, item] };
  return step(next, { do: "store", record: recordOf(item) });
}

/** The outbox was read: entries of an earlier page or another tab are sent, too. */
export function loaded(queue: SendQueue, records: OutboxRecords): SendQueue {
  return merged({ ...queue, isLoaded: true }, records);
}

/** The outbox stored the record or cannot: it may be sent, after the records before it. */
export function stored(
  queue: SendQueue,
  { id, frame }: OutboxRecord,
  records: OutboxRecords,
): SendQueue {
  const item = find(queue, id);
  // A text that was amended meanwhile waits until it is stored itself.
  if (item?.state.is !== "storing" || item.frame !== frame) return merged(queue, records);
  const state = { is: "queued", maybeSent: !queue.holdsLock } as const;
  return merged(withItemState(queue, id, state), records);
}

function merged(queue: SendQueue, records: OutboxRecords): SendQueue {
  return records ? { ...queue, items: mergeRecords(queue.items, records) } : queue;
}

/** A failed entry is queued again, under the same id and in its old place. */
export function retry(queue: SendQueue, id: string): Step<SendQueue> {
  const item = find(queue, id);
  if (item?.state.is !== "failed") return step(queue);
  const state = { is: "queued", maybeSent: true } as const;
  const record = recordOf({ ...item, state });
  return step(withoutUpload(withItemState(queue, id, state), id), { do: "store", record });
}

/** The files of a message are stored, or refused for good; then it fails. */
export function uploaded(
  queue: SendQueue,
  id: string,
  refusal: Refusal | undefined,
): Step<SendQueue> {
  const item = find(queue, id);
  if (item?.state.is !== "queued") return step(withoutUpload(queue, id));
  if (refusal) return failItem(withoutUpload(queue, id), item, refusal);
  return step(uploadDone(queue, id));
}

/**
 * Drops an entry that is not being sent. If the server may have it, as a message, its deletion is sent:
 * the message itself is not sent again, as its author does not want it to be read.
 */
export function discard(
  queue: SendQueue,
  { id, deletionId }: Extract<Input, { type: "discard" }>,
  now: number,
): Step<SendQueue> {
  const item = find(queue, id);
  if (!item || item.state.is === "sending" || item.state.is === "acknowledged") return step(queue);
  const { frame, state } = item;
  if (state.is !== "queued" || !state.maybeSent || frame.type !== "chat") return drop(queue, item);
  const payload = { target: id, id: deletionId };
  const deleted = write(queue, deletionId, { type: "delete", payload }, now);
  return andThen(deleted, (queue) => drop(queue, item));
}

function drop(queue: SendQueue, item: OutboxItem): Step<SendQueue> {
  const items = queue.items.filter((other) => other !== item);
  const files = filesOf(item);
  return step({ ...queue, items }, { do: "forget", id: item.id, files, isSent: false });
}

/** Changes the text of a message that the server does not have, under the same id (SPEC D3). */
export function amend(queue: SendQueue, id: string, message: string): Step<SendQueue> {
  const item = find(queue, id);
  const next = item && amended(item, message);
  if (!next) return step(queue);
  const items = queue.items.map((other) => (other === item ? next : other));
  return step({ ...queue, items }, { do: "store", record: recordOf(next) });
}

function find({ items }: SendQueue, id: string): OutboxItem | undefined {
  return items.find((item) => item.id === id);
}

function withItemState(queue: SendQueue, id: string, state: OutboxItem["state"]): SendQueue {
  return { ...queue, items: withState(queue.items, id, state) };
}
