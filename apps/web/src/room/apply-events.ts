import type { RoomEvent } from "@parley/client";
import type { LogEntry } from "@parley/protocol";
import { partEntries } from "./message.ts";
import { reduce, type RoomView } from "./reduce.ts";
import { revise } from "./revise.ts";
import type { RoomStore } from "./store.ts";

/**
 * Applies the events of one animation frame to the store, in one update.
 * @param events in the order in which the client sent them
 * @param now ms since 1970
 */
export function applyEvents(store: RoomStore, events: readonly RoomEvent[], now: number): void {
  const state = store.getState();
  const view = events.reduce<RoomView>((view, event) => reduce(view, event, now), state);
  const { startsOver, entries } = entriesOf(events);
  const { batch, revisions } = partEntries(entries);
  if (!startsOver && entries.length === 0) store.setState(view);
  else state.setMessages((m) => revise(startsOver ? batch : [...m, ...batch], revisions), view);
}

/** The entries of the events from the last window on, and whether there is one: the log starts over. */
function entriesOf(events: readonly RoomEvent[]): { startsOver: boolean; entries: LogEntry[] } {
  const start = events.findLastIndex(({ type }) => type === "window");
  const entries = events
    .slice(Math.max(0, start))
    .flatMap((event) => ("entries" in event ? event.entries : []));
  return { startsOver: start !== -1, entries };
}
