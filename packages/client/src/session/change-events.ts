import type { RoomEvent, Status } from "../events.ts";
import { statusOf } from "./connection/connection.ts";
import { windowEvents } from "./log/log.ts";
import { pendingOf } from "./outbox/outbox-item.ts";
import { tell, type Effect } from "./machine/effect.ts";
import type { SessionState } from "./state.ts";

/**
 * The events for what a step changed: `first` before the events of the step itself, `last` after
 * them.
 */
export function changeEvents(
  before: SessionState,
  after: SessionState,
): { readonly first: readonly Effect[]; readonly last: readonly Effect[] } {
  const isNewStatus = !isSame(statusOf(before.connection), statusOf(after.connection));
  const status = isNewStatus ? [statusEvent(after)] : [];
  const people = before.people === after.people ? [] : peopleEvents(after);
  const isSet = before.settings.settings !== after.settings.settings;
  const settings = isSet ? [settingsEvent(after)] : [];
  const outdated = before.isOutdated === after.isOutdated ? [] : outdatedEvents(after);
  const unkept = before.isUnkept === after.isUnkept ? [] : unkeptEvents(after);
  const typing = before.typists === after.typists ? [] : [typingEvent(after)];
  const pending = before.queue.items === after.queue.items ? [] : [pendingEvent(after)];
  return {
    first: [...status, ...people, ...settings, ...outdated, ...unkept].map(tell),
    last: [...typing, ...pending].map(tell),
  };
}

/** The events that give a new listener the current state. */
export function currentState(session: SessionState): readonly RoomEvent[] {
  return [
    statusEvent(session),
    ...peopleEvents(session),
    ...(session.settings.settings.size > 0 ? [settingsEvent(session)] : []),
    ...outdatedEvents(session),
    ...unkeptEvents(session),
    ...windowEvents(session.log),
    typingEvent(session),
    pendingEvent(session),
  ];
}

function statusEvent({ connection }: SessionState): RoomEvent {
  return { type: "status", status: statusOf(connection) };
}

function peopleEvents({ people }: SessionState): readonly RoomEvent[] {
  return people ? [{ type: "people", ...people }] : [];
}

function settingsEvent({ settings }: SessionState): RoomEvent {
  return { type: "settings", settings: settings.settings };
}

function outdatedEvents({ isOutdated }: SessionState): readonly RoomEvent[] {
  return isOutdated ? [{ type: "outdated" }] : [];
}

function unkeptEvents({ isUnkept }: SessionState): readonly RoomEvent[] {
  return isUnkept ? [{ type: "unkept" }] : [];
}

function typingEvent({ typists }: SessionState): RoomEvent {
  return { type: "typing", members: typists.map(({ member }) => member) };
}

function pendingEvent({ queue }: SessionState): RoomEvent {
  return { type: "pending", pending: pendingOf(queue.items) };
}

function isSame(one: Status, other: Status): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
