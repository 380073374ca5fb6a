import {
  encode,
  FRAME_BYTES_MAX,
  MESSAGE_TOO_LONG,
  type LogEntry,
  type Refusal,
} from "@parley/protocol";
import { nextWait, rested, type Backoff } from "../../backoff.ts";
import type { Moment } from "../../clock.ts";
import { ANSWER_WAIT_MS, type Effect } from "../machine/effect.ts";
import { andThen, step, type Step } from "../machine/step.ts";
import {
  lastRefusal,
  recordOf,
  withState,
  type OutboxItem,
  type OutboxItems,
} from "./outbox-item.ts";
import {
  filesOf,
  stopUploads,
  uploadLost,
  waitsForFiles,
  type UploadsByMessage,
} from "./uploads.ts";

/**
 * Sends pending entries in the order in which they were written, one at a time, so that neither a
 * refusal nor a lost connection can change the order (SPEC D5).
 */
export interface SendQueue {
  readonly items: OutboxItems;
  /** Whether the outbox was read. Its records are sent first. */
  readonly isLoaded: boolean;
  /** Whether this tab sends, among those that share the outbox. */
  readonly holdsLock: boolean;
  /** After a temporary refusal nothing is sent before this, in ms since 1970. */
  readonly pausedUntil: number | undefined;
  readonly backoff: Backoff;
  readonly uploads: UploadsByMessage;
}

const maybeSent = { is: "queued", maybeSent: true } as const;

export const emptyQueue: SendQueue = {
  items: [],
  isLoaded: false,
  holdsLock: false,
  pausedUntil: undefined,
  backoff: rested,
  uploads: new Map(),
};

/** Sends the next entry if it can be sent now, and fails those that are too large to send. */
export function sendNext(queue: SendQueue, now: number): Step<SendQueue> {
  const next = nextToSend(queue, now);
  if (!next) return step(queue);
  const why = refusalIfTooLarge(next.id, encode(next.frame));
  if (why) return andThen(failItem(queue, next, why), (queue) => sendNext(queue, now));
  const state = {
    is: "sending",
    answerBy: now + ANSWER_WAIT_MS,
    ...lastRefusal(next.state),
  } as const;
  const items = withState(queue.items, next.id, state);
  return step({ ...queue, items, pausedUntil: undefined }, { do: "send", frame: next.frame });
}

function nextToSend(queue: SendQueue, now: number): OutboxItem | undefined {
  const isOpen = queue.holdsLock && queue.isLoaded;
  return isOpen && (queue.pausedUntil ?? now) <= now ? queuedHead(queue) : undefined;
}

/** A frame that is too large would only close the connection. */
export function refusalIfTooLarge(id: string, text: string): Refusal | undefined {
  const bytes = new TextEncoder().encode(text).length;
  return bytes > FRAME_BYTES_MAX ? tooLarge(id) : undefined;
}

/** The refusal of a frame that every server would refuse. */
export function tooLarge(id: string): Refusal {
  return { code: "message_too_long", message: MESSAGE_TOO_LONG, temporary: false, ref: id };
}

/** Whether something could be sent if this tab held the lock. */
export function lacksLock(queue: SendQueue): boolean {
  const { items, holdsLock, isLoaded } = queue;
  if (holdsLock || !isLoaded) return false;
  const isUpload = (item: OutboxItem) => item.state.is === "queued" && waitsForFiles(queue, item);
  return queuedHead(queue) !== undefined || items.some(isUpload);
}

/**
 * The first item that is not done, if it only waits to be sent. A message that waits for its files
 * is passed by all but what refers to it, and other messages with files (SPEC B3).
 */
function queuedHead(queue: SendQueue): OutboxItem | undefined {
  // What it passed may be ready while it is in flight.
  if (inFlight(queue)) return undefined;
  const passed = new Set<unknown>();
  const head = queue.items.find((item) => {
    const { id, frame, state } = item;
    if (state.is === "failed" || state.is === "acknowledged") return false;
    const { target, replyTo }: Readonly<Record<string, unknown>> = frame.payload;
    const isHeld =
      waitsForFiles(queue, item) ||
      passed.has(target) ||
      passed.has(replyTo) ||
      (passed.size > 0 && filesOf(item).length > 0);
    if (isHeld) passed.add(id);
    return !isHeld;
  });
  return head?.state.is === "queued" ? head : undefined;
}

/**
 * This tab got the lock, or another tab took it. With the lock, it must first read all that other
 * tabs wrote. Without it, another tab may send the queued entries, too.
 */
export function lockChanged(queue: SendQueue, isHeld: boolean): Step<SendQueue> {
  if (isHeld) {
    const next = { ...queue, holdsLock: true };
    return queue.isLoaded ? step(next, { do: "load" }) : step(next);
  }
  return stopUploads({
    ...unsureIf(isCertain, queue),
    holdsLock: false,
    pausedUntil: undefined,
    backoff: rested,
  });
}

/** Whether no other tab can have sent it, or this tab is sending it. */
function isCertain({ state }: OutboxItem): boolean {
  return state.is === "sending" || (state.is === "queued" && !state.maybeSent);
}

/** The server may have these. */
function unsureIf(isUnsure: (item: OutboxItem) => boolean, queue: SendQueue): SendQueue {
  if (!queue.items.some(isUnsure)) return queue;
  const items = queue.items.map((item) => (isUnsure(item) ? { ...item, state: maybeSent } : item));
  return { ...queue, items };
}

/** The entry that was sent and is not answered. */
export function inFlight({ items }: SendQueue): OutboxItem | undefined {
  return items.find(({ state }) => state.is === "sending");
}

/** Whether the one in flight got no answer in time. */
export function isUnanswered(queue: SendQueue, now: number): boolean {
  const state = inFlight(queue)?.state;
  return state?.is === "sending" && state.answerBy <= now;
}

/**
 * Finds acknowledgements among entries from any source: live, an answer to a repeat, a page, a
 * window (SPEC D1, D2). Acknowledged entries are removed from the outbox (SPEC D5).
 * @param lastShown the last `seq` that was shown
 */
export function acknowledge(
  queue: SendQueue,
  entries: readonly LogEntry[],
  selfId: string,
  lastShown: number,
): Step<SendQueue> {
  if (queue.items.length === 0) return step(queue);
  const seqs = new Map<string, number>();
  for (const { payload } of entries) {
    if (payload.from.id === selfId) seqs.set(payload.id, payload.seq);
  }
  const forget: Effect[] = [];
  const items = queue.items.map((item) => {
    const seq = seqs.get(item.id);
    if (seq === undefined || !canAcknowledge(item)) return item;
    forget.push({ do: "forget", id: item.id, files: filesOf(item), isSent: true });
    return { ...item, state: { is: "acknowledged", seq } as const };
  });
  const next =
    forget.length === 0 ? queue : { ...queue, items, pausedUntil: undefined, backoff: rested };
  return step(removeShown(next, lastShown), ...forget);
}

/** The log has another text under this id, so it must not acknowledge ours (SPEC D3). */
function canAcknowledge({ state }: OutboxItem): boolean {
  if (state.is === "failed") return state.refusal.code !== "id_conflict";
  return state.is !== "acknowledged";
}

/** Removes acknowledged items up to the last `seq` that was shown: they appear in the log itself. */
export function removeShown(queue: SendQueue, lastShown: number): SendQueue {
  const { items } = queue;
  const left = items.filter(({ state }) => state.is !== "acknowledged" || state.seq > lastShown);
  return left.length === items.length ? queue : { ...queue, items: left };
}

/** The one in flight is refused: it is sent again after a wait, or fails for good (SPEC D4). */
export function itemRefused(
  queue: SendQueue,
  id: string,
  refusal: Refusal,
  moment: Moment,
): Step<SendQueue> {
  const flying = inFlight(queue);
  if (flying?.id !== id) return step(queue);
  const lost = uploadLost(queue, id, refusal);
  if (lost) return step({ ...lost, items: withState(queue.items, id, { ...maybeSent, refusal }) });
  if (!refusal.temporary) return failItem(queue, flying, refusal);
  const { wait, backoff } = nextWait(queue.backoff, moment.random, refusal.retryAfter);
  const items = withState(queue.items, id, { ...maybeSent, refusal });
  return step({ ...queue, items, pausedUntil: moment.now + wait, backoff });
}

/** This one is refused for good: kept, with the reason, until its author decides (SPEC D4). */
export function failItem(queue: SendQueue, item: OutboxItem, refusal: Refusal): Step<SendQueue> {
  const state = { is: "failed", refusal } as const;
  const items = withState(queue.items, item.id, state);
  return step({ ...queue, items }, { do: "store", record: recordOf({ ...item, state }) });
}

/** The connection is lost: whether the one in flight arrived is unknown, so it is sent again. */
export function interrupted(queue: SendQueue): SendQueue {
  return unsureIf(({ state }) => state.is === "sending", queue);
}

/** When the queue must be looked at next, in ms since 1970. */
export function queueDue(queue: SendQueue): number | undefined {
  const flying = inFlight(queue);
  if (flying?.state.is === "sending") return flying.state.answerBy;
  const isOpen = queue.holdsLock && queue.isLoaded;
  return isOpen && queuedHead(queue) ? queue.pausedUntil : undefined;
}
