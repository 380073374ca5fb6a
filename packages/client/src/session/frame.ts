import { isEntry, unreachable, type DownFrame, type DownPayload } from "@parley/protocol";
import type { Moment } from "../clock.ts";
import { heard } from "./connection.ts";
import { disconnected } from "./cut-off.ts";
import { tell } from "./effect.ts";
import { takenIn, turnedAway } from "./joining.ts";
import { answered, askedFor } from "./pages.ts";
import { moved, type Move } from "./people.ts";
import { acknowledged, fillHole, reachBack, takeEntries } from "./reading.ts";
import { JOIN_REF } from "./refs.ts";
import { refused } from "./refusals.ts";
import { andThen, step, type Session, type Step } from "./state.ts";
import { renamedTypist, typed, without } from "./typists.ts";
import { refusalOf } from "./wire-refusal.ts";

/** Takes a frame from the server: before the join is answered, only its answer counts. */
export function receive(session: Session, frame: DownFrame, moment: Moment): Step {
  switch (session.connection.is) {
    case "joining":
      if (frame.type === "joined") return takenIn(session, frame.payload, moment);
      if (frame.type !== "error") return step(session);
      // A server before 1.2 names no join; nothing else was asked on this socket.
      return (frame.payload.ref ?? JOIN_REF) === JOIN_REF
        ? turnedAway(session, refusalOf(frame.payload), moment)
        : step(session);
    case "joined": {
      const connection = heard(session.connection, moment.now);
      return inRoom({ ...session, connection }, frame, moment);
    }
    case "opening":
    case "opened":
    case "waiting":
    case "refused":
    case "closed":
      return step(session);
    default:
      return unreachable(session.connection);
  }
}

function inRoom(session: Session, frame: DownFrame, moment: Moment): Step {
  if (isEntry(frame)) return takeEntries(session, [frame], moment);
  switch (frame.type) {
    case "entered":
    case "left":
    case "renamed":
      return move(session, frame.type, frame.payload);
    case "typing":
      return type(session, frame.payload, moment);
    case "history":
      return turnPage(session, frame.payload, moment);
    case "error":
      return refused(session, refusalOf(frame.payload), moment);
    case "joined":
      // Unasked: the room's log is another one now. As on a new socket, nothing of before holds.
      return andThen(disconnected(session), (session) => takenIn(session, frame.payload, moment));
    case "ping":
    case "pong":
      return step(session);
    default:
      return unreachable(frame);
  }
}

function move(session: Session, how: Move, payload: DownPayload<Move>): Step {
  if (!session.people) return step(session);
  const { member } = payload;
  const isSelf = member.id === session.people.self.id;
  const { typists } = session;
  const next: Session = {
    ...session,
    people: moved(session.people, how, payload),
    typists: how === "renamed" ? renamedTypist(typists, member) : without(typists, [member.id]),
    identity:
      isSelf && how === "renamed"
        ? { ...session.identity, name: member.name, newName: undefined }
        : session.identity,
  };
  // That oneself came or left, on another socket, is no news here.
  return isSelf && how !== "renamed"
    ? step(next)
    : step(next, tell({ type: "moved", how, member }));
}

function type(session: Session, payload: DownPayload<"typing">, { now }: Moment): Step {
  const { member, on } = payload;
  if (member.id === session.people?.self.id) return step(session);
  return step({ ...session, typists: typed(session.typists, member, on, now) });
}

function turnPage(session: Session, page: DownPayload<"history">, moment: Moment): Step {
  const request = askedFor(session.pages, page, session.namesAnswers);
  if (!request) return step(session);
  const turned = { ...session, pages: answered(session.pages, request, moment.now) };
  if (request.for === "hole") return fillHole(turned, page, moment);
  const { entries, more, truncatedBefore } = page;
  const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
  const turn = { do: "turn", key: request.key, page: { entries, more, ...trimmed } } as const;
  const next = andThen(acknowledged(turned, entries), (session) => reachBack(session, page));
  return andThen(next, (session) => step(session, turn));
}
