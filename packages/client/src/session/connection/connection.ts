import {
  CloseCode,
  PING_EVERY_MS,
  PING_GRACE_MS,
  unreachable,
  type Refusal,
  type UpFrame,
} from "@parley/protocol";
import { afterPeace, nextWait, rested, type Backoff } from "../../backoff.ts";
import type { Moment } from "../../clock.ts";
import type { Status } from "../../events.ts";
import type { Goodbye } from "../../transports/transport.ts";
import type { Effect } from "../machine/effect.ts";
import { step, type Step } from "../machine/step.ts";

/** An attempt must be open and joined within this, in ms. */
export const JOIN_WAIT_MS = 10_000;
/** Over a slow network, an attempt may take this long once it is open, in ms. */
const SLOW_JOIN_WAIT_MS = 60_000;
/** After this many joins without an answer, the ladder has tried every transport (SPEC H3). */
const JOINS_OF_LADDER = 3;
/** An attempt that is not open after this, in ms, is not waited for once the network is back. */
export const STALE_OPENING_MS = 2_000;
/** A connection that is silent for this long, in ms, is dead, because the server pings. */
const SILENCE_MAX_MS = PING_EVERY_MS + PING_GRACE_MS;
/** After waking, a live connection must receive something within this, in ms. */
export const PROBE_WAIT_MS = 5_000;
/** A client that was closed for flooding waits at least this long, in ms. */
export const FLOOD_WAIT_MS = 60_000;

interface ConnectionAttempt {
  /** `opened`: the transport is open, and the join is not sent yet. */
  readonly is: "opening" | "opened" | "joining";
  readonly giveUpAt: number;
  readonly backoff: Backoff;
  /** Undefined on the first attempt, when no connection was lost. */
  readonly droppedAt: number | undefined;
}

/** The lifecycle of the connection. `droppedAt` is when the last one was lost, in ms since 1970. */
export type ConnectionState =
  | ConnectionAttempt
  | {
      readonly is: "joined";
      readonly joinedAt: number;
      readonly heardAt: number;
      /** A `ping` was sent; something must be received by then. */
      readonly probedUntil: number | undefined;
      readonly backoff: Backoff;
    }
  | {
      readonly is: "waiting";
      readonly why: "dropped" | "flooding";
      readonly retryAt: number;
      readonly backoff: Backoff;
      readonly droppedAt: number;
    }
  | { readonly is: "refused"; readonly refusal: Refusal }
  | { readonly is: "closed"; readonly code: number };

/** A new attempt. Keeps the backoff of the wait or the attempt before it. */
export function opening(now: number, before?: ConnectionState): ConnectionState {
  const past = before && "droppedAt" in before ? before : { backoff: rested, droppedAt: undefined };
  const { backoff, droppedAt } = past;
  return { is: "opening", giveUpAt: now + JOIN_WAIT_MS, backoff, droppedAt };
}

/**
 * The join is sent. Its answer is one frame, which a slow network may not carry in 10 s.
 * @param slowJoins how many joins in a row got no answer in time
 */
export function joining(attempt: ConnectionAttempt, slowJoins: number): ConnectionState {
  const more = slowJoins < JOINS_OF_LADDER ? 0 : SLOW_JOIN_WAIT_MS - JOIN_WAIT_MS;
  return { ...attempt, is: "joining", giveUpAt: attempt.giveUpAt + more };
}

/** Opens a connection if there is none, and ends any wait for it. */
export function connect(connection: ConnectionState, now: number): Step<ConnectionState> {
  return step(opening(now, connection), { do: "open" });
}

/** The server answered the join. */
export function joined(connection: ConnectionState, now: number): ConnectionState {
  const backoff = "backoff" in connection ? connection.backoff : rested;
  return { is: "joined", joinedAt: now, heardAt: now, probedUntil: undefined, backoff };
}

/** Something was received, so the connection is alive. */
export function received(connection: ConnectionState, now: number): ConnectionState {
  if (connection.is !== "joined") return connection;
  return { ...connection, heardAt: now, probedUntil: undefined };
}

/**
 * The connection is lost or was given up: wait before the next attempt.
 * @param atLeast the wait that the server asked for, in ms
 */
export function dropped(
  connection: ConnectionState,
  { now, random }: Moment,
  atLeast = 0,
): ConnectionState {
  const { failures, droppedAt } = pastOf(connection, now);
  const { wait, backoff } = nextWait(failures, random, atLeast);
  return { is: "waiting", why: "dropped", retryAt: now + wait, backoff, droppedAt };
}

/** The server or the network closed the connection with this code (SPEC, "Close codes"). */
export function afterClose(
  connection: ConnectionState,
  code: number,
  moment: Moment,
): ConnectionState {
  switch (code) {
    case CloseCode.left:
    case CloseCode.replaced:
    case CloseCode.notOurProtocol:
      return { is: "closed", code };
    case CloseCode.flooding: {
      const waiting = dropped(connection, moment, FLOOD_WAIT_MS);
      return waiting.is === "waiting" ? { ...waiting, why: "flooding" } : waiting;
    }
    default:
      return dropped(connection, moment);
  }
}

function pastOf(
  connection: ConnectionState,
  now: number,
): { failures: Backoff; droppedAt: number } {
  switch (connection.is) {
    case "opening":
    case "opened":
    case "joining":
    case "waiting":
      return { failures: connection.backoff, droppedAt: connection.droppedAt ?? now };
    case "joined":
      return {
        failures: afterPeace(connection.backoff, now - connection.joinedAt),
        droppedAt: now,
      };
    case "refused":
    case "closed":
      return { failures: rested, droppedAt: now };
    default:
      return unreachable(connection);
  }
}

/**
 * Checks the connection at once: ends a wait, except one for flooding; probes a live connection. An
 * attempt that began without the network is replaced; should it fail, the next one is soon.
 */
export function wake(connection: ConnectionState, now: number): Step<ConnectionState> {
  if (connection.is === "waiting" && connection.why !== "flooding") return connect(connection, now);
  if ("giveUpAt" in connection) {
    const fresh = { ...connection, backoff: rested };
    const isStale = now >= connection.giveUpAt - JOIN_WAIT_MS + STALE_OPENING_MS;
    if (connection.is !== "opening" || !isStale) return step(fresh);
    return step(opening(now, fresh), { do: "drop", how: "lost" }, { do: "open" });
  }
  if (connection.is !== "joined" || connection.probedUntil !== undefined) return step(connection);
  const probed = { ...connection, probedUntil: now + PROBE_WAIT_MS };
  return step(probed, { do: "send", frame: { type: "ping", payload: {} } });
}

/** The app asks for a connection now. */
export function connectNow(connection: ConnectionState, now: number): Step<ConnectionState> {
  return hasTransport(connection) ? wake(connection, now) : connect(connection, now);
}

function hasTransport({ is }: ConnectionState): boolean {
  return is !== "waiting" && is !== "refused" && is !== "closed";
}

/**
 * Ends the connection: leaves the room, or only disconnects while the member stays (SPEC P1, P4).
 */
export function end(connection: ConnectionState, how: Goodbye): Step<ConnectionState> {
  const code = how === "left" ? CloseCode.left : CloseCode.goingAway;
  const leave: UpFrame[] =
    how === "left" && connection.is === "joined" ? [{ type: "leave", payload: {} }] : [];
  const drop: Effect[] = hasTransport(connection) ? [{ do: "drop", how }] : [];
  return step(
    { is: "closed", code },
    ...leave.map((frame) => ({ do: "send", frame }) as const),
    ...drop,
  );
}

/** When the connection must be looked at next, in ms since 1970. */
export function connectionDue(connection: ConnectionState): number | undefined {
  switch (connection.is) {
    case "opening":
    case "opened":
    case "joining":
      return connection.giveUpAt;
    case "joined":
      return connection.probedUntil ?? connection.heardAt + SILENCE_MAX_MS;
    case "waiting":
      return connection.retryAt;
    case "refused":
    case "closed":
      return undefined;
    default:
      return unreachable(connection);
  }
}

/** The connection as listeners see it. */
export function statusOf(connection: ConnectionState): Status {
  switch (connection.is) {
    case "opening":
    case "opened":
    case "joining":
      return connection.droppedAt === undefined
        ? { is: "connecting" }
        : { is: "reconnecting", since: connection.droppedAt };
    case "joined":
      return { is: "joined" };
    case "waiting":
      return { is: "waiting", since: connection.droppedAt, retryAt: connection.retryAt };
    case "refused":
    case "closed":
      return connection;
    default:
      return unreachable(connection);
  }
}
