import type { Refusal } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import { giveUp } from "./cut-off.ts";
import { tell } from "./effect.ts";
import { answered, putOffHole, type PageRequest } from "./pages.ts";
import { refOfPage } from "./refs.ts";
import { inFlight, putOff } from "./sender.ts";
import { failWriting } from "./sending.ts";
import { step, type Session, type Step } from "./state.ts";

/** Something was refused in the room (SPEC D4): what, the refusal names. */
export function refused(session: Session, refusal: Refusal, moment: Moment): Step {
  // The server does not know that we are in: nothing is wrong with what was sent.
  if (refusal.code === "not_joined") return giveUp(session, moment);
  const { ref } = refusal;
  if (ref === undefined) {
    return session.namesAnswers ? step(session) : unnamedRefused(session, refusal, moment);
  }
  const page = session.pages.out.find((request) => refOfPage(request) === ref);
  if (page) return pageRefused(session, page, refusal, moment);
  if (session.identity.newName?.ref === ref) return renameRefused(session, refusal);
  return writingRefused(session, ref, refusal, moment);
}

/** A server before 1.2 names only what was written: the rest is told by what is out. */
function unnamedRefused(session: Session, refusal: Refusal, moment: Moment): Step {
  const [page] = session.pages.out;
  if (page && refusal.code !== "bad_name") return pageRefused(session, page, refusal, moment);
  return session.identity.newName === undefined ? step(session) : renameRefused(session, refusal);
}

function pageRefused(
  session: Session,
  request: PageRequest,
  refusal: Refusal,
  moment: Moment,
): Step {
  const pages = answered(session.pages, request, moment.now);
  if (request.for === "hole") {
    return step({ ...session, pages: putOffHole(pages, refusal.retryAfter ?? 0, moment) });
  }
  return step({ ...session, pages }, { do: "refuse", key: request.key, refusal });
}

function renameRefused(session: Session, refusal: Refusal): Step {
  const identity = { ...session.identity, newName: undefined };
  return step({ ...session, identity }, tell({ type: "refused", refusal }));
}

function writingRefused(session: Session, id: string, refusal: Refusal, moment: Moment): Step {
  const flying = inFlight(session.sender);
  if (flying?.id !== id) return step(session);
  if (!refusal.temporary) return failWriting(session, flying, refusal);
  const sender = putOff(session.sender, id, refusal, moment);
  return step({ ...session, sender });
}
