import { isNewerMajor, type DownPayload, type Refusal, type UpFrame } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import { joined } from "./connection.ts";
import { connect, disconnected, giveUp } from "./cut-off.ts";
import { reachesTo, sinceOf, type LogCursor } from "./log-cursor.ts";
import { JOIN_REF } from "./refs.ts";
import { showWindow, takeEntries } from "./reading.ts";
import { andThen, step, type Log, type Session, type Step } from "./state.ts";

/** A room that was recalled from further behind than this, in entries, is shown from its end. */
export const RECALLED_BEHIND_MAX = 1_000;

/** The first frame on every socket. Once something was shown, it says how far (SPEC R1). */
export function joinFrame({ roomId, identity, log }: Session): UpFrame {
  const name = identity.newName?.name ?? identity.name;
  const { token } = identity;
  return {
    type: "join",
    payload: {
      ref: JOIN_REF,
      roomId,
      ...(name === undefined ? {} : { name }),
      ...(token === undefined ? {} : { token }),
      ...("cursor" in log ? { since: sinceOf(log.cursor) } : {}),
    },
  };
}

/** The room took us in: goes on from what was shown, or starts anew (SPEC R1, R5). */
export function takenIn(session: Session, payload: DownPayload<"joined">, moment: Moment): Step {
  const { ref, self, token, members, count, epoch, head, entries } = payload;
  const inside: Session = {
    ...session,
    connection: joined(session.connection, moment.now),
    identity: { name: self.name, newName: undefined, token },
    people: { self, members, count },
    isOutdated: isNewerMajor(payload.version),
    namesAnswers: session.connection.is === "joining" ? ref === JOIN_REF : session.namesAnswers,
  };
  const { log } = session;
  if (payload.recovered && "cursor" in log && goesOn(log, epoch, head)) {
    if (log.is === "recalled" && payload.missed > RECALLED_BEHIND_MAX) {
      return joinAnew(inside, moment);
    }
    const { cursor } = log;
    const behind = log.is === "shown" ? log.behind : undefined;
    const resumed: Log = {
      is: "shown",
      cursor: reachesTo(cursor, head),
      // After a second drop on the way, the reader still wants the whole sum.
      behind: { messages: behind?.messages ?? 0, head },
    };
    return takeEntries({ ...inside, log: resumed }, entries, moment);
  }
  return showWindow(inside, payload, whyAnew(log, payload));
}

function goesOn({ cursor }: { cursor: LogCursor }, epoch: string, head: number): boolean {
  return epoch === cursor.epoch && head >= cursor.seq;
}

/** Nobody waits for a month of messages to read the last: they start there, and page back. */
function joinAnew(session: Session, { now }: Moment): Step {
  const unread: Session = { ...session, log: { is: "unread" } };
  const left = andThen(step(unread, { do: "drop", how: "lost" }), disconnected);
  return andThen(left, (session) => connect(session, now));
}

function whyAnew(log: Log, { epoch, truncatedBefore }: DownPayload<"joined">) {
  if (log.is === "unread") return "first";
  const isTrimmed =
    "cursor" in log &&
    epoch === log.cursor.epoch &&
    truncatedBefore !== undefined &&
    truncatedBefore > log.cursor.seq + 1;
  return isTrimmed ? "truncated" : "reset";
}

/** The join was refused: for now, and it is tried again, or for good (SPEC D4). */
export function turnedAway(session: Session, refusal: Refusal, moment: Moment): Step {
  if (refusal.temporary) return giveUp(session, moment, refusal.retryAfter);
  const refused: Session = { ...session, connection: { is: "refused", refusal } };
  return andThen(step(refused, { do: "drop", how: "lost" }), disconnected);
}
