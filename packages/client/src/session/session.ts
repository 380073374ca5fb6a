import { CloseCode, unreachable, type UpFrame } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import type { Goodbye } from "../transport.ts";
import { changes } from "./changes.ts";
import { heard, PROBE_WAIT_MS } from "./connection.ts";
import { closed, connect, disconnected } from "./cut-off.ts";
import type { Effect } from "./effect.ts";
import { receive } from "./frame.ts";
import type { Input, ReaderRequest } from "./input.ts";
import { opened, recalled } from "./recalling.ts";
import { lacksTurn } from "./sender.ts";
import { sendNext } from "./sending.ts";
import { andThen, step, type Session, type Step } from "./state.ts";
import { showTyping, tick } from "./timing.ts";
import { amend, discard, loaded, retry, stored, turned, write } from "./writing.ts";

/**
 * The whole client as a pure machine: what happened in, what to do out, in order. Events are told
 * after the status and the people that they belong to, and before what is left to be sent.
 */
export function react(session: Session, input: Input, moment: Moment): Step {
  const handled = handle(session, input, moment);
  const after = andThen(handled, (session) => sendNext(session, moment.now));
  const { first, last } = changes(session, after.session);
  const press: Effect[] = presses(session, after.session, input) ? [{ do: "press" }] : [];
  return { session: after.session, effects: [...first, ...after.effects, ...last, ...press] };
}

/**
 * Something of ours could leave now, were it our turn: it was written, the way out was found, or
 * somebody looks at it. What another tab writes is left to the tab whose turn it is.
 */
function presses(before: Session, { connection, sender }: Session, input: Input): boolean {
  if (connection.is !== "joined" || !lacksTurn(sender)) return false;
  if (input.type === "stored" || input.type === "wake") return true;
  return before.connection.is !== "joined" || !before.sender.isLoaded;
}

function handle(session: Session, input: Input, moment: Moment): Step {
  const { now } = moment;
  switch (input.type) {
    case "opened":
      return opened(session);
    case "frame":
      return receive(session, input.frame, moment);
    case "noise":
      return step({ ...session, connection: heard(session.connection, now) });
    case "closed":
      return closed(session, input.code, moment);
    case "recalled":
      return recalled(session, input.cached);
    case "loaded":
      return loaded(session, input.kept);
    case "stored":
      return stored(session, input.stored, input.kept);
    case "turn":
      return turned(session, input.whose);
    case "tick":
      return tick(session, moment);
    case "wake":
      return wake(session, now);
    case "connect":
      return connectNow(session, now);
    case "end":
      return end(session, input.how);
    case "write":
      return write(session, input.id, input.frame, now);
    case "retry":
      return retry(session, input.id);
    case "discard":
      return discard(session, input.id);
    case "amend":
      return amend(session, input.id, input.message);
    case "typing":
      return showTyping(session, input.on, now);
    case "rename":
      return rename(session, input.name, input.ref);
    case "history":
      return askHistory(session, input.request);
    default:
      return unreachable(input);
  }
}

/** It is worth looking at once: ends a wait, but not one for flooding; tests a live socket. */
function wake(session: Session, now: number): Step {
  const { connection } = session;
  if (connection.is === "waiting" && connection.why !== "flooding") return connect(session, now);
  if (connection.is !== "joined" || connection.probedUntil !== undefined) return step(session);
  const probed = { ...connection, probedUntil: now + PROBE_WAIT_MS };
  const ping = { type: "ping", payload: {} } as const;
  return step({ ...session, connection: probed }, { do: "send", frame: ping });
}

/** Whoever uses the client wants it connected now. */
function connectNow(session: Session, now: number): Step {
  switch (session.connection.is) {
    case "waiting":
    case "refused":
    case "closed":
      return connect(session, now);
    case "joined":
      return wake(session, now);
    case "opening":
    case "opened":
    case "joining":
      return step(session);
    default:
      return unreachable(session.connection);
  }
}

/** Leaves the room, or only goes away while the person stays (SPEC P1, P4). */
function end(session: Session, how: Goodbye): Step {
  const was = session.connection.is;
  const code = how === "left" ? CloseCode.left : CloseCode.goingAway;
  const ended = disconnected({ ...session, connection: { is: "closed", code } });
  const leave: UpFrame[] =
    how === "left" && was === "joined" ? [{ type: "leave", payload: {} }] : [];
  const hasSocket = was !== "waiting" && was !== "refused" && was !== "closed";
  return andThen(ended, (session) =>
    step(
      session,
      ...leave.map((frame) => ({ do: "send", frame }) as const),
      ...(hasSocket ? [{ do: "drop", how } as const] : []),
    ),
  );
}

/** In the room, asks for another name; outside, the next join asks for it. */
function rename(session: Session, name: string, ref: string): Step {
  const { identity, people } = session;
  const next = { ...session, identity: { ...identity, newName: { name, ref } } };
  if (session.connection.is !== "joined") return step(next);
  if (identity.newName === undefined && name === people?.self.name) return step(session);
  return step(next, { do: "send", frame: { type: "rename", payload: { ref, name } } });
}

/** Outside the room nobody would answer: whoever asks is told at once. */
function askHistory(session: Session, request: ReaderRequest): Step {
  const { pages } = session;
  const queued = { ...session, pages: { ...pages, queue: [...pages.queue, request] } };
  return session.connection.is === "joined" ? step(queued) : disconnected(queued);
}
