import type { Status } from "@parley/client";
import { isMessage, type Refusal } from "@parley/protocol";
import { gapBefore, type Gap, type WindowEvent } from "./gap.ts";

/** The last return after a drop. */
export interface CatchUp {
  /** In ms since 1970. */
  readonly at: number;
  /** How long the drop lasted, in ms. */
  readonly after: number;
  /** The number of messages that it brought. */
  readonly fresh: number;
  /** The gap before them, if entries are missing. */
  readonly gap?: Gap;
}

/** The connection, and what the server refused. */
export interface ConnectionSlice {
  readonly status: Status;
  /** When `status` last changed, in ms since 1970. */
  readonly statusAt: number;
  /** The room was joined since the client began, and the connection is there or may come back. */
  readonly wasJoined: boolean;
  /** The room was last reached without a WebSocket (SPEC H3). */
  readonly isOverHttp: boolean;
  /** When the connection was lost, in ms since 1970. */
  readonly droppedAt: number | undefined;
  readonly caughtUp: CatchUp | undefined;
  /** The last refusal of anything but a message; `newName` is the name that it concerns. */
  readonly refusal: (Refusal & { readonly newName?: string | undefined }) | undefined;
}

export function emptyConnection(now: number): ConnectionSlice {
  return {
    status: { is: "connecting" },
    statusAt: now,
    wasJoined: false,
    isOverHttp: false,
    droppedAt: undefined,
    caughtUp: undefined,
    refusal: undefined,
  };
}

/**
 * A drop is remembered until the client has caught up, because the banner depends on its length.
 */
export function statusChanged(
  before: ConnectionSlice,
  status: Status,
  now: number,
): Partial<ConnectionSlice> {
  const isDropped = status.is === "waiting" || status.is === "reconnecting";
  return {
    status,
    statusAt: now,
    wasJoined: status.is === "joined" || (isDropped && before.wasJoined),
    droppedAt: isDropped ? status.since : before.droppedAt,
  };
}

/** The client has everything that it missed. */
export function returned(
  { droppedAt }: ConnectionSlice,
  fresh: number,
  now: number,
): Partial<ConnectionSlice> {
  return { caughtUp: { fresh, at: now, after: now - (droppedAt ?? now) }, droppedAt: undefined };
}

/** The log starts again, and the user is told why (SPEC R1, R5). */
export function returnedTo(
  window: WindowEvent,
  { head }: { readonly head: number },
  now: number,
): Partial<ConnectionSlice> {
  const gap = gapBefore(window, head);
  if (!gap) return { droppedAt: undefined };
  return {
    droppedAt: undefined,
    caughtUp: { at: now, after: Infinity, fresh: newIn(window), gap },
  };
}

/** Number of new messages in a window that follows a gap; 0 after a reset. */
function newIn({ why, entries }: WindowEvent): number {
  return why === "truncated" ? entries.filter(isMessage).length : 0;
}
