import type { RoomEvent } from "@parley/client";
import { unreachable } from "@parley/protocol";
import type { EditTarget, ReplyTarget } from "../storage/drafts.ts";
import {
  emptyConnection,
  returned,
  returnedTo,
  statusChanged,
  type ConnectionSlice,
} from "./connection-slice.ts";
import type { Faces } from "./faces.ts";
import { emptyLog, logExtended, logOpened, type LogSlice } from "./log-slice.ts";
import {
  authorsMet,
  emptyPresence,
  memberMoved,
  membersListed,
  type PresenceSlice,
} from "./presence-slice.ts";
import { emptyReading, entriesRead, windowRead, type ReadingSlice } from "./reading-slice.ts";
import {
  emptySettings,
  settingsLogged,
  settingsOpened,
  type SettingsSlice,
} from "./settings-slice.ts";
import {
  emptyTimeline,
  movementNoted,
  timelineOpened,
  type TimelineSlice,
} from "./timeline-slice.ts";
import { emptyWriting, type WritingSlice } from "./writing-slice.ts";

/** The state of a room's screen except its messages. */
export interface RoomView
  extends
    ConnectionSlice,
    LogSlice,
    PresenceSlice,
    ReadingSlice,
    SettingsSlice,
    TimelineSlice,
    WritingSlice {}

/** What is stored of earlier visits to a room. */
export interface EarlierVisits {
  /** The last `seq` that the user saw. */
  readonly lastRead?: number | undefined;
  /** The looks of the room's members. */
  readonly faces?: Faces | undefined;
  /** The message that the user was about to reply to. */
  readonly replyTarget?: ReplyTarget | undefined;
  /** The message that the user was editing. */
  readonly edit?: EditTarget | undefined;
}

/** The state of a room before it connects, with what is known from earlier visits. */
export function emptyView(
  now: number,
  { lastRead, faces, replyTarget, edit }: EarlierVisits = {},
): RoomView {
  return {
    ...emptyConnection(now),
    ...emptyLog,
    ...emptyPresence(faces),
    ...emptyReading(lastRead),
    ...emptySettings,
    ...emptyTimeline,
    ...emptyWriting(replyTarget, edit),
  };
}

/**
 * The state of a room's screen after an event. Each slice reads the view before the event. Messages
 * are reduced separately (message.ts, revise.ts).
 * @param view the view before; it is not changed
 * @param now ms since 1970
 */
export function reduce(view: RoomView, event: RoomEvent, now: number): RoomView {
  switch (event.type) {
    case "status":
      return { ...view, ...statusChanged(view, event.status, now) };
    case "window":
      return {
        ...view,
        ...returnedTo(event, view, now),
        ...logOpened(view, event),
        ...authorsMet(view, event.entries),
        ...windowRead(view, event),
        ...settingsOpened(event.entries),
        ...timelineOpened(view, event),
      };
    case "entries":
      if (event.entries.length === 0) return view;
      return {
        ...view,
        ...logExtended(view, event.entries),
        ...authorsMet(view, event.entries),
        ...entriesRead(view, event.entries),
        ...settingsLogged(view, event.entries),
        lastChange: "down",
      };
    case "caught-up":
      return {
        ...view,
        ...returned(view, event.fresh, now),
        lastReadBefore: undefined,
        // A cached room catches up before anybody saw it, so those messages are not new.
        openedAt: view.droppedAt === undefined ? view.head : view.openedAt,
      };
    case "pending":
      return { ...view, outgoing: event.pending, lastChange: "down" };
    case "people":
      return { ...view, ...membersListed(view, event) };
    case "moved":
      return { ...view, ...memberMoved(view, event.member), ...movementNoted(view, event) };
    case "outdated":
      return { ...view, isOutdated: true };
    case "unkept":
      return { ...view, isUnkept: true };
    case "typing":
      return { ...view, typing: event.members };
    case "settings":
      return { ...view, settings: event.settings };
    case "refused":
      return {
        ...view,
        refusal: { ...event.refusal, newName: view.newName },
        newName: undefined,
      };
    default:
      return unreachable(event);
  }
}
