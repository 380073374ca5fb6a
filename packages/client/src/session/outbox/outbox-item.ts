import { unreachable, type EntryRequest, type Refusal } from "@parley/protocol";
import type { PendingMessage } from "../../events.ts";
import type { OutboxRecord } from "../../storage/outbox.ts";

/** A pending entry on its way from the outbox to the log. */
export interface OutboxItem {
  readonly id: string;
  readonly frame: EntryRequest;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  readonly state:
    /** It is being written to the outbox and must not be sent before that is done (SPEC D5). */
    | { readonly is: "storing" }
    /**
     * `maybeSent`: the server may have it already, so its text must not change (SPEC D3).
     * `refusal`: the temporary refusal of the last attempt.
     */
    | { readonly is: "queued"; readonly maybeSent: boolean; readonly refusal?: Refusal }
    | { readonly is: "sending"; readonly answerBy: number; readonly refusal?: Refusal }
    /** In the log at this `seq`, which is not shown yet. */
    | { readonly is: "acknowledged"; readonly seq: number }
    | { readonly is: "failed"; readonly refusal: Refusal };
}

/** All pending entries, in the order in which they were written. */
export type OutboxItems = readonly OutboxItem[];

/** Replaces the state of one item; an unknown id changes nothing. */
export function withState(items: OutboxItems, id: string, state: OutboxItem["state"]): OutboxItems {
  return items.map((item) => (item.id === id ? { ...item, state } : item));
}

/** The record of an item in the outbox. */
export function recordOf({ id, frame, at, state }: OutboxItem): OutboxRecord {
  return { id, frame, at, ...(state.is === "failed" ? { refusal: state.refusal } : {}) };
}

/** From a record alone it is unknown whether any tab sent it. */
function itemOf({ id, frame, at, refusal }: OutboxRecord): OutboxItem {
  const queued = { is: "queued", maybeSent: true } as const;
  return { id, frame, at, state: refusal ? { is: "failed", refusal } : queued };
}

/**
 * Merges the records of the outbox: adds those of an earlier page or another tab in their place,
 * and applies what other tabs did to the rest. An item that the outbox no longer holds was
 * acknowledged or discarded.
 */
export function mergeRecords(items: OutboxItems, records: readonly OutboxRecord[]): OutboxItems {
  const known = new Set(items.map(({ id }) => id));
  const byId = new Map(records.map((record) => [record.id, record]));
  const others = unknownItems(records, known);
  const ours = items.filter(
    ({ id, state }) => byId.has(id) || state.is === "storing" || state.is === "acknowledged",
  );
  const merged = [
    ...(others.get(undefined) ?? []),
    ...ours.flatMap((item) => [updated(item, byId.get(item.id)), ...(others.get(item.id) ?? [])]),
  ];
  const isSame =
    merged.length === items.length && merged.every((item, place) => item === items[place]);
  return isSame ? items : merged;
}

/** The records that are not known yet, by the id of the last known one before them. */
function unknownItems(
  records: readonly OutboxRecord[],
  known: ReadonlySet<string>,
): ReadonlyMap<string | undefined, OutboxItems> {
  const others = new Map<string | undefined, OutboxItems>();
  let before: string | undefined;
  for (const record of records) {
    if (known.has(record.id)) before = record.id;
    else others.set(before, [...(others.get(before) ?? []), itemOf(record)]);
  }
  return others;
}

/** Applies what another tab did to a waiting item: retried, refused, or amended. */
function updated(item: OutboxItem, record: OutboxRecord | undefined): OutboxItem {
  const { is } = item.state;
  if (!record || (is !== "queued" && is !== "failed")) return item;
  const isSame = JSON.stringify(recordOf(item)) === JSON.stringify(record);
  return isSame ? item : itemOf(record);
}

/**
 * Changes the text of a message under its id. Only one that the server certainly does not have may
 * change: never sent, or refused. It must be stored again.
 * @returns undefined if it may not change
 */
export function amended(item: OutboxItem, message: string): OutboxItem | undefined {
  const { frame, state } = item;
  if (frame.type !== "chat") return undefined;
  const isOpen = state.is === "storing" || state.is === "failed";
  if (!isOpen && !(state.is === "queued" && !state.maybeSent)) return undefined;
  const payload = { ...frame.payload, message };
  return { ...item, frame: { ...frame, payload }, state: { is: "storing" } };
}

/** All items as listeners see them. */
export function pendingOf(items: OutboxItems): readonly PendingMessage[] {
  return items.map(({ id, frame, at, state }) => ({ id, frame, at, state: toldState(state) }));
}

function toldState(state: OutboxItem["state"]): PendingMessage["state"] {
  switch (state.is) {
    case "storing":
      return { is: "queued" };
    case "queued":
      return { is: "queued", ...lastRefusal(state) };
    case "sending":
      return { is: "sending", ...lastRefusal(state) };
    // Acknowledged behind a hole: its author cannot see it in the log yet.
    case "acknowledged":
      return { is: "sending" };
    case "failed":
      return state;
    default:
      return unreachable(state);
  }
}

/** The refusal of the last attempt, if any. */
export function lastRefusal(state: OutboxItem["state"] | undefined): {
  readonly refusal?: Refusal;
} {
  return state && "refusal" in state ? { refusal: state.refusal } : {};
}
