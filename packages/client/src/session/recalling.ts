import type { CachedRoom } from "../room-cache.ts";
import { joinFrame } from "./joining.ts";
import { showWindow } from "./reading.ts";
import { andThen, step, type Session, type Step } from "./state.ts";

/** The socket is open: the first frame is the join, once it is known how far the log was shown. */
export function opened(session: Session): Step {
  const { connection } = session;
  if (connection.is !== "opening") return step(session);
  const open: Session = { ...session, connection: { ...connection, is: "opened" } };
  return session.log.is === "recalling" ? step(open) : join(open);
}

/** Shows what an earlier visit has seen, and goes on from there (SPEC R1). */
export function recalled(session: Session, cached: CachedRoom | undefined): Step {
  if (session.log.is !== "recalling") return step(session);
  const unread: Session = { ...session, log: { is: "unread" } };
  return andThen(cached ? show(unread, cached) : step(unread), join);
}

function show(session: Session, cached: CachedRoom): Step {
  const { epoch, seq, entries, truncatedBefore, people } = cached;
  const shown = showWindow(
    { ...session, people },
    { epoch, head: seq, entries, truncatedBefore },
    "first",
  );
  const { log } = shown.session;
  if (log.is !== "shown") return shown;
  return { ...shown, session: { ...shown.session, log: { is: "recalled", cursor: log.cursor } } };
}

function join(session: Session): Step {
  const { connection } = session;
  if (connection.is !== "opened") return step(session);
  const joining: Session = { ...session, connection: { ...connection, is: "joining" } };
  return step(joining, { do: "send", frame: joinFrame(session) });
}

/** What the next visit may recall; undefined where nothing is shown that could be trusted. */
export function recallable({ log, people }: Session): CachedRoom | undefined {
  if (log.is !== "shown" || !people) return undefined;
  const { epoch, seq, recent, truncatedBefore } = log.cursor;
  const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
  return { epoch, seq, entries: recent, people, ...trimmed };
}
