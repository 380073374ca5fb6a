import type { Refusal } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import { giveUp } from "./cut-off.ts";
import { tell } from "./effect.ts";
import { putOffHole } from "./pages.ts";
import { inFlight, putOff } from "./sender.ts";
import { failWriting } from "./sending.ts";
import { step, type Session, type Step } from "./state.ts";

/** Something was refused in the room (SPEC D4). */
export function refused(session: Session, refusal: Refusal, moment: Moment): Step {
  // The server does not know that we are in: nothing is wrong with what was sent.
  if (refusal.code === "not_joined") return giveUp(session, moment);
  if (refusal.ref !== undefined) return writingRefused(session, refusal.ref, refusal, moment);
  const { out } = session.pages;
  if (out && refusal.code !== "bad_name") {
    if (out.request.for === "hole") {
      const pages = putOffHole(session.pages, refusal.retryAfter ?? 0, moment);
      return step({ ...session, pages });
    }
    const pages = { ...session.pages, out: undefined };
    return step({ ...session, pages }, { do: "refuse", key: out.request.key, refusal });
  }
  if (session.identity.newName === undefined) return step(session);
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
