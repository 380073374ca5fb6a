import { PAGE_ENTRIES_MAX, type Refusal, type UpFrame } from "@parley/protocol";
import { hasHole } from "./log-cursor.ts";
import { asked, isFull, withoutHole, type PageRequest } from "./pages.ts";
import { refOfPage } from "./refs.ts";
import { fail, nextToSend, sent, tooLargeToSend } from "./sender.ts";
import { andThen, step, type Session, type Step } from "./state.ts";
import { storedOf, type Written } from "./written.ts";

/** Sends what can leave now: in the room, and with nothing of its kind under way. */
export function sendNext(session: Session, now: number): Step {
  if (session.connection.is !== "joined") return step(session);
  return andThen(sendWriting(session, now), (session) => askForPages(session, now));
}

function sendWriting(session: Session, now: number): Step {
  const next = nextToSend(session.sender, now);
  if (!next) return step(session);
  const why = tooLargeToSend(next);
  if (why) {
    return andThen(failWriting(session, next, why), (session) => sendWriting(session, now));
  }
  const sender = sent(session.sender, next.id, now);
  return step({ ...session, sender }, { do: "send", frame: next.frame });
}

/** It is refused for good: kept, with the reason, until its author decides (SPEC D4). */
export function failWriting(session: Session, written: Written, refusal: Refusal): Step {
  const sender = fail(session.sender, written.id, refusal);
  const stored = storedOf({ ...written, state: { is: "failed", refusal } });
  return step({ ...session, sender }, { do: "store", stored });
}

function askForPages(session: Session, now: number): Step {
  const { log } = session;
  const hole = log.is === "shown" && hasHole(log.cursor) ? log.cursor.seq : undefined;
  const pages = hole === undefined ? withoutHole(session.pages) : session.pages;
  const isPaused = (pages.holePausedUntil ?? now) > now;
  const isFilling = pages.out.some((request) => request.for === "hole");
  const fill =
    hole === undefined || isPaused || isFilling
      ? undefined
      : ({ for: "hole", after: hole } as const);
  const request = fill ?? pages.queue[0];
  if (!request || isFull(pages, session.namesAnswers)) return step({ ...session, pages });
  const next = { ...session, pages: asked(pages, request, now) };
  const sent = step(next, { do: "send", frame: historyFrame(request) });
  return andThen(sent, (session) => askForPages(session, now));
}

function historyFrame(request: PageRequest): UpFrame {
  const range =
    request.for === "hole"
      ? { after: request.after, limit: PAGE_ENTRIES_MAX }
      : { before: request.before, limit: request.limit };
  return { type: "history", payload: { ref: refOfPage(request), ...range } };
}
