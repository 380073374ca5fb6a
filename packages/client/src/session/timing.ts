import type { Moment } from "../clock.ts";
import { connectionDue } from "./connection.ts";
import { connect, giveUp } from "./cut-off.ts";
import { ownTypingDue, setTyping } from "./own-typing.ts";
import { pagesDue } from "./pages.ts";
import { inFlight, senderDue } from "./sender.ts";
import { step, type Session, type Step } from "./state.ts";
import { stillTyping, typistsDue } from "./typists.ts";

/** When the session has to be looked at next, in ms since 1970, or never. */
export function due(session: Session): number | undefined {
  const { connection, sender, pages, typists, ownTyping, namesAnswers } = session;
  const inRoom =
    connection.is === "joined"
      ? [
          senderDue(sender),
          pagesDue(pages, namesAnswers),
          typistsDue(typists),
          ownTypingDue(ownTyping),
        ]
      : [];
  const times = [connectionDue(connection), ...inRoom].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Time went by: ends what took too long, and does what was put off. */
export function tick(session: Session, moment: Moment): Step {
  const { connection } = session;
  const { now } = moment;
  const isOver = (connectionDue(connection) ?? Infinity) <= now;
  if (connection.is === "waiting") return isOver ? connect(session, now) : step(session);
  if (isOver || isUnanswered(session, now)) return giveUp(session, moment);
  const typing: Session = { ...session, typists: stillTyping(session.typists, now) };
  const isDue = (ownTypingDue(session.ownTyping) ?? Infinity) <= now;
  return isDue ? showTyping(typing, session.ownTyping.wanted, now) : step(typing);
}

/** Something that was sent got no answer: whether it arrived is unknown (SPEC D4). */
function isUnanswered({ sender, pages }: Session, now: number): boolean {
  const flying = inFlight(sender)?.state;
  if (flying?.is === "sending" && flying.answerBy <= now) return true;
  return pages.answerBy !== undefined && pages.answerBy <= now;
}

/** We type, or stop: the others are told as often as they may be. */
export function showTyping(session: Session, on: boolean, now: number): Step {
  if (session.connection.is !== "joined") return step(session);
  const { own, frame } = setTyping(session.ownTyping, on, now);
  const next = { ...session, ownTyping: own };
  if (frame === undefined) return step(next);
  return step(next, { do: "send", frame: { type: "typing", payload: { on: frame } } });
}
