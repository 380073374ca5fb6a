import { opening, type ConnectionState } from "./connection/connection.ts";
import type { Identity } from "./connection/identity.ts";
import type { Log } from "./log/log.ts";
import { noPages, type Pages } from "./log/pages.ts";
import { emptyQueue, type SendQueue } from "./outbox/send-queue.ts";
import type { RoomMembers } from "./presence/members.ts";
import { notTyping, noTypists, type OwnTyping, type Typists } from "./presence/typing.ts";
import { noSettings, type RoomSettings } from "./settings/settings.ts";
import type { Step } from "./machine/step.ts";

/** The state of a client in one room, over all its connections: the state of all slices. */
export interface SessionState {
  readonly roomId: string;
  // connection/
  readonly connection: ConnectionState;
  /** How many joins in a row got no answer in time. */
  readonly slowJoins: number;
  readonly identity: Identity;
  /** Whether answers name their request; a server before 1.2 repeats no `ref`. */
  readonly namesAnswers: boolean;
  /** The server speaks a newer major version of the protocol (SPEC O6). */
  readonly isOutdated: boolean;
  // log/
  readonly log: Log;
  readonly pages: Pages;
  // settings/
  readonly settings: RoomSettings;
  // outbox/
  readonly queue: SendQueue;
  /** The outbox failed to keep something that was written. */
  readonly isUnkept: boolean;
  // presence/
  /** Undefined before the first `joined`, unless the cache has them. */
  readonly people: RoomMembers | undefined;
  readonly typists: Typists;
  readonly ownTyping: OwnTyping;
}

/** The next session, and the effects to carry out, in order. */
export type SessionStep = Step<SessionState>;

/** The parts that a step of one slice can replace. */
type SlicePart = "connection" | "identity" | "log" | "pages" | "queue" | "ownTyping";

/** Puts the step of one slice into the session. */
export function withSlice<Name extends SlicePart>(
  session: SessionState,
  name: Name,
  { state, effects }: Step<SessionState[Name]>,
): SessionStep {
  return { state: { ...session, [name]: state }, effects };
}

/**
 * A session whose first connection is being opened.
 * @param log `restoring` if a cache may have the room
 * @param now in ms since 1970
 */
export function newSession(
  roomId: string,
  identity: Pick<Identity, "name" | "token">,
  log: Extract<Log, { is: "restoring" | "empty" }>,
  now: number,
): SessionState {
  return {
    roomId,
    connection: opening(now),
    slowJoins: 0,
    identity: { ...identity, newName: undefined },
    namesAnswers: false,
    isOutdated: false,
    log,
    pages: noPages,
    settings: noSettings,
    queue: emptyQueue,
    isUnkept: false,
    people: undefined,
    typists: noTypists,
    ownTyping: notTyping,
  };
}
