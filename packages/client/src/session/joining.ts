import type { DownPayload, Refusal, UpFrame } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import { joined } from "./connection.ts";
import { disconnected, giveUp } from "./cut-off.ts";
import { reachesTo, sinceOf } from "./log-cursor.ts";
import { showWindow, takeEntries } from "./reading.ts";
import { andThen, step, type Log, type Session, type Step } from "./state.ts";

/** The first frame on every socket. Once something was shown, it says how far (SPEC R1). */
export function joinFrame({ roomId, identity, log }: Session): UpFrame {
  const name = identity.newName ?? identity.name;
  const { token } = identity;
  return {
    type: "join",
    payload: {
      roomId,
      ...(name === undefined ? {} : { name }),
      ...(token === undefined ? {} : { token }),
      ...(log.is === "shown" ? { since: sinceOf(log.cursor) } : {}),
    },
  };
}

/** The room took us in: goes on from what was shown, or starts anew (SPEC R1, R5). */
export function takenIn(session: Session, payload: DownPayload<"joined">, moment: Moment): Step {
  const { self, token, members, count, epoch, head, entries } = payload;
  const inside: Session = {
    ...session,
    connection: joined(session.connection, moment.now),
    identity: { name: self.name, newName: undefined, token },
    people: { self, members, count },
  };
  const { log } = session;
  if (log.is === "shown" && payload.recovered && goesOn(log, epoch, head)) {
    const { cursor, behind } = log;
    const resumed: Log = {
      is: "shown",
      cursor: reachesTo(cursor, head),
      // After a second drop on the way, the reader still wants the whole sum.
      behind: { from: behind?.from ?? cursor.seq, head },
    };
    return takeEntries({ ...inside, log: resumed }, entries, moment);
  }
  return showWindow(inside, payload, whyAnew(log, payload));
}

function goesOn({ cursor }: Extract<Log, { is: "shown" }>, epoch: string, head: number): boolean {
  return epoch === cursor.epoch && head >= cursor.seq;
}

function whyAnew(log: Log, { epoch, truncatedBefore }: DownPayload<"joined">) {
  if (log.is === "unread") return "first";
  const isTrimmed =
    log.is === "shown" &&
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
