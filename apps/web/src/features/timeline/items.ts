import type { PendingMessage } from "@parley/client";
import { isMessage, type SetFrame } from "@parley/protocol";
import { dayOf } from "../../room/day.ts";
import type { Message } from "../../room/message.ts";
import type { Note } from "../../room/timeline-slice.ts";
import { rowKey } from "../messages/active-row.ts";

/** Messages of one author form a group while each follows within this time, in ms. */
const GROUP_MS = 5 * 60_000;

/** An item of the timeline, from the top of the log down to pending messages. */
export type Item =
  | { readonly kind: "start"; readonly key: string }
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "new"; readonly key: string }
  | { readonly kind: "note"; readonly key: string; readonly note: Note }
  | { readonly kind: "set"; readonly key: string; readonly entry: SetFrame }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: Message;
      readonly mine: boolean;
      /** It starts a group: its author and time are above it. */
      readonly opens: boolean;
      /** Whether it is the first or the last message of its day: its name has the date. */
      readonly dated: boolean;
    }
  | {
      readonly kind: "outgoing";
      readonly key: string;
      readonly outgoing: PendingMessage;
      readonly opens: boolean;
    };

/** The input of the layout. */
export interface Layout {
  readonly messages: readonly Message[];
  readonly outgoing: readonly PendingMessage[];
  /** Sorted by their `after`. */
  readonly notes: readonly Note[];
  /** The set entries, in the order of the log. */
  readonly setEntries: readonly SetFrame[];
  /** Messages that always start a group, so that prepending a page changes no row below. */
  readonly pageBoundaries: ReadonlySet<number>;
  readonly firstUnread: number | undefined;
  readonly selfId: string | undefined;
}

/**
 * Lays out a timeline: days, groups, notes in their places, and pending messages after the log. A
 * message has the same key before and after it is acknowledged.
 */
export function layOut(layout: Layout): readonly Item[] {
  const { messages, notes, setEntries, pageBoundaries, firstUnread, selfId } = layout;
  const items: Item[] = [{ kind: "start", key: "start" }];
  let nextNote = 0;
  let nextSet = 0;
  let last: Message | undefined;
  let day: string | undefined;
  let lastPlace = -1;
  let isFirstOfDay = false;

  const placeNotes = (before: number) => {
    let note = notes[nextNote];
    while (note && note.after < before) {
      items.push({ kind: "note", key: note.key, note });
      // Anything between two messages ends their group.
      last = undefined;
      nextNote += 1;
      note = notes[nextNote];
    }
  };
  const beginDay = (at: number, itsDay: string) => {
    if (itsDay === day) return;
    items.push({ kind: "day", key: `day-${itsDay}`, at });
    day = itsDay;
    last = undefined;
    isFirstOfDay = true;
    const before = items[lastPlace];
    if (before?.kind === "message") items[lastPlace] = { ...before, dated: true };
  };
  const placeOthers = (before: number) => {
    let entry = setEntries[nextSet];
    while (entry && entry.payload.seq < before) {
      const { seq, at } = entry.payload;
      placeNotes(seq);
      beginDay(at, dayOf(at));
      items.push({ kind: "set", key: `set-${seq}`, entry });
      last = undefined;
      nextSet += 1;
      entry = setEntries[nextSet];
    }
    placeNotes(before);
  };

  for (const message of messages) {
    placeOthers(message.seq);
    beginDay(message.at, message.day);
    if (message.seq === firstUnread) {
      items.push({ kind: "new", key: "new" });
      last = undefined;
    }
    const opens =
      !last || pageBoundaries.has(message.seq) || !follows(last, message.from.id, message.at);
    const mine = message.from.id === selfId;
    const key = rowKey(mine ? undefined : message.from.id, message.id);
    lastPlace = items.push({ kind: "message", key, message, mine, opens, dated: isFirstOfDay }) - 1;
    isFirstOfDay = false;
    last = message;
  }
  placeOthers(Number.POSITIVE_INFINITY);
  return [...items, ...waiting(layout, last, day)];
}

/** The pending messages: one group, joined with the last group of the log if it is one's own. */
function waiting(layout: Layout, last: Message | undefined, lastDay: string | undefined): Item[] {
  const { outgoing, selfId } = layout;
  const items: Item[] = [];
  let day = lastDay;
  for (const each of outgoing) {
    if (!isMessage(each.frame)) continue;
    const first = items.length === 0;
    let opens = first && !(last && follows(last, selfId, each.at));
    const today = dayOf(each.at);
    if (day === undefined || today > day) {
      items.push({ kind: "day", key: `day-${today}`, at: each.at });
      day = today;
      opens = true;
    }
    items.push({ kind: "outgoing", key: rowKey(undefined, each.id), outgoing: each, opens });
  }
  return items;
}

function follows(last: Message, authorId: string | undefined, at: number): boolean {
  return last.from.id === authorId && at - last.at < GROUP_MS;
}
