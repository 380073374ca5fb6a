import type { RoomEvent, Status } from "../events.ts";
import { statusOf } from "./connection.ts";
import { tell, type Effect } from "./effect.ts";
import type { Session } from "./state.ts";
import { outgoingOf } from "./written.ts";

/** What is told of the difference that a step made: before what it tells itself, and after. */
export function changes(
  before: Session,
  after: Session,
): { readonly first: readonly Effect[]; readonly last: readonly Effect[] } {
  const isNewStatus = !isSame(statusOf(before.connection), statusOf(after.connection));
  const status = isNewStatus ? [statusEvent(after)] : [];
  const people = before.people === after.people ? [] : peopleEvents(after);
  const outdated = before.isOutdated === after.isOutdated ? [] : outdatedEvents(after);
  const typing = before.typists === after.typists ? [] : [typingEvent(after)];
  const isNewOutgoing = before.sender.writings !== after.sender.writings;
  const outgoing = isNewOutgoing ? [outgoingEvent(after)] : [];
  return {
    first: [...status, ...people, ...outdated].map(tell),
    last: [...typing, ...outgoing].map(tell),
  };
}

/** All that a new listener has to know. */
export function currentState(session: Session): readonly RoomEvent[] {
  return [
    statusEvent(session),
    ...peopleEvents(session),
    ...outdatedEvents(session),
    ...windowEvents(session),
    typingEvent(session),
    outgoingEvent(session),
  ];
}

function statusEvent({ connection }: Session): RoomEvent {
  return { type: "status", status: statusOf(connection) };
}

function peopleEvents({ people }: Session): readonly RoomEvent[] {
  return people ? [{ type: "people", ...people }] : [];
}

function outdatedEvents({ isOutdated }: Session): readonly RoomEvent[] {
  return isOutdated ? [{ type: "outdated" }] : [];
}

function windowEvents({ log }: Session): readonly RoomEvent[] {
  if (log.is !== "shown" && log.is !== "recalled") return [];
  const { recent, truncatedBefore } = log.cursor;
  const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
  return [{ type: "window", entries: recent, why: "first", ...trimmed }];
}

function typingEvent({ typists }: Session): RoomEvent {
  return { type: "typing", members: typists.map(({ member }) => member) };
}

function outgoingEvent({ sender }: Session): RoomEvent {
  return { type: "outgoing", outgoing: outgoingOf(sender.writings) };
}

function isSame(one: Status, other: Status): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
