import type { PendingMessage } from "@parley/client";
import { isMessage, type SetFrame } from "@parley/protocol";
import { dayOf } from "../../room/day.ts";
import type { Message } from "../../room/message.ts";
import type { Note } from "../../room/timeline-slice.ts";
import { rowKey } from "../messages/active-row.ts";

/** Messages of one author stand together while each comes within this time of the one before. */
const GROUP_MS = 5 * 60_000;

/** A line of the timeline, from the top of the log down to what is not sent yet. */
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
      /** It opens a group: its author and time stand above it. */
      readonly opens: boolean;
    }
  | {
      readonly kind: "outgoing";
      readonly key: string;
      readonly outgoing: PendingMessage;
      readonly opens: boolean;
    };

/** What a timeline is laid out from. */
export interface Layout {
  readonly messages: readonly Message[];
  readonly outgoing: readonly PendingMessage[];
  /** In the order of their `after`. */
  readonly notes: readonly Note[];
  /** What was set, in the order of the log. */
  readonly setEntries: readonly SetFrame[];
  /** Messages that open a group whoever wrote the one before, so that prepending moves nothing. */
  readonly pageBoundaries: ReadonlySet<number>;
  readonly firstUnread: number | undefined;
  readonly selfId: string | undefined;
}

/**
 * Lays out a timeline: days, groups, notes in their places, and after the log what is still to be
 * sent. A message has the same key before and after it is acknowledged.
 */
export function layOut(layout: Layout): readonly Item[] {
  const { messages, notes, setEntries, pageBoundaries, firstUnread } = layout;
  const items: Item[] = [{ kind: "start", key: "start" }];
  let nextNote = 0;
  let nextSet = 0;
  let last: Message | undefined;
  let day: string | undefined;

  const placeNotes = (before: number) => {
    let note = notes[nextNote];
    while (note && note.after < before) {
      items.push({ kind: "note", key: note.key, note });
      // What comes between two messages parts their group.
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
    items.push({ kind: "message", key: rowKey(message.from.id, message.id), message, opens });
    last = message;
  }
  placeOthers(Number.POSITIVE_INFINITY);
  return [...items, ...waiting(layout, last, day)];
}

/** What is written and not in the log yet: one group, and with what was said just before. */
function waiting(layout: Layout, last: Message | undefined, lastDay: string | undefined): Item[] {
  const { outgoing, selfId = "self" } = layout;
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
    items.push({ kind: "outgoing", key: rowKey(selfId, each.id), outgoing: each, opens });
  }
  return items;
}

function follows(last: Message, authorId: string, at: number): boolean {
  return last.from.id === authorId && at - last.at < GROUP_MS;
}
