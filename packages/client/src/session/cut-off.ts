import { CloseCode, refusal } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import { afterClose, dropped, opening } from "./connection.ts";
import type { Effect } from "./effect.ts";
import { cutOff } from "./log-cursor.ts";
import { notTyping } from "./own-typing.ts";
import { noPages, readersOf } from "./pages.ts";
import { inFlight, interrupted } from "./sender.ts";
import { failWriting } from "./sending.ts";
import { andThen, step, type Session, type Step } from "./state.ts";
import { nobody } from "./typists.ts";

/** Opens a socket where there is none, whatever was waited for. */
export function connect(session: Session, now: number): Step {
  const connection = opening(now, session.connection);
  return step({ ...session, connection }, { do: "open" });
}

/**
 * Gives up the socket and waits before the next one.
 * @param atLeast the wait that the server asked for, in ms
 */
export function giveUp(session: Session, moment: Moment, atLeast?: number): Step {
  const connection = dropped(session.connection, moment, atLeast);
  const first = step({ ...session, connection }, { do: "drop", how: "lost" });
  return andThen(first, disconnected);
}

/** The socket closed with this code (SPEC, "Close codes"). */
export function closed(session: Session, code: number, moment: Moment): Step {
  const connection = afterClose(session.connection, code, moment);
  const next = { ...session, connection };
  const flying = code === CloseCode.tooLarge ? inFlight(session.sender) : undefined;
  if (!flying) return disconnected(next);
  // It will not become smaller: the next connection goes on without it.
  const first = failWriting(next, flying, refusal("message_too_long", flying.id));
  return andThen(first, disconnected);
}

/** Starts again from a new window: what was shown is not the log's past any more (SPEC R5). */
export function distrust(session: Session, moment: Moment): Step {
  return giveUp({ ...session, log: { is: "distrusted" } }, moment);
}

/** What was true of the old socket is no more; what was written and shown stays. */
export function disconnected(session: Session): Step {
  const { log } = session;
  const gone = refusal("unavailable", undefined, "The connection went away.");
  const effects: Effect[] = readersOf(session.pages).map(({ key }) => {
    return { do: "refuse", key, refusal: gone };
  });
  const left: Session = {
    ...session,
    log: log.is === "shown" ? { ...log, cursor: cutOff(log.cursor) } : log,
    sender: interrupted(session.sender),
    pages: noPages,
    typists: nobody,
    ownTyping: notTyping,
  };
  return step(left, ...effects);
}
