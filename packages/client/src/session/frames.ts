import {
  isEntry,
  isNewerMajor,
  isRefusalCode,
  unreachable,
  type DownFrame,
  type DownPayload,
  type Refusal,
} from "@parley/protocol";
import { rested } from "../backoff.ts";
import type { Moment } from "../clock.ts";
import { received, joined } from "./connection/connection.ts";
import { JOIN_REF, joinedAs, renamed, renameRefused } from "./connection/identity.ts";
import { fillHole, reachBack, resume } from "./log/log.ts";
import { answered, pageRefused, putOffHole, requestNamed, requestOf } from "./log/pages.ts";
import { itemRefused } from "./outbox/send-queue.ts";
import { changeMembers, type MemberChange } from "./presence/members.ts";
import { renamedTypist, typed, without } from "./presence/typing.ts";
import { settingsAt, settingsFrom } from "./settings/settings.ts";
import { tell } from "./machine/effect.ts";
import { andThen, step } from "./machine/step.ts";
import { withSlice, type SessionState, type SessionStep } from "./state.ts";
import {
  acknowledged,
  disconnect,
  giveUp,
  reconnect,
  resetLog,
  showWindow,
  takeEntries,
} from "./transitions.ts";

/** Handles a frame from the server. Before the join is answered, only its answer counts. */
export function onFrame(session: SessionState, frame: DownFrame, moment: Moment): SessionStep {
  switch (session.connection.is) {
    case "joining":
      if (frame.type === "joined") return onJoined(session, frame.payload, moment);
      if (frame.type !== "error") return step(session);
      // A server before 1.2 sends no `ref`; the join is the only request on this connection.
      return (frame.payload.ref ?? JOIN_REF) === JOIN_REF
        ? onJoinRefused(session, refusalOf(frame.payload), moment)
        : step(session);
    case "joined": {
      const connection = received(session.connection, moment.now);
      return onRoomFrame({ ...session, connection }, frame, moment);
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

function onRoomFrame(session: SessionState, frame: DownFrame, moment: Moment): SessionStep {
  if (isEntry(frame)) return takeEntries(session, [frame], moment);
  switch (frame.type) {
    case "entered":
    case "left":
    case "renamed":
      return onMemberChange(session, frame.type, frame.payload);
    case "typing":
      return onTyping(session, frame.payload, moment);
    case "history":
      return onPage(session, frame.payload, moment);
    case "error":
      return onRefused(session, refusalOf(frame.payload), moment);
    case "joined":
      // Unasked: the room has another log now. As on a new connection, the earlier state is void.
      return andThen(disconnect(session), (session) => onJoined(session, frame.payload, moment));
    case "ping":
    case "pong":
    case "private":
    case "rang":
      return step(session);
    default:
      return unreachable(frame);
  }
}

/** The room is joined: the log continues from what was shown, or starts again (SPEC R1, R5). */
function onJoined(
  session: SessionState,
  payload: DownPayload<"joined">,
  moment: Moment,
): SessionStep {
  const { ref, self, token, members, count } = payload;
  const identity = joinedAs(session.identity, self.name, token);
  const inRoom: SessionState = {
    ...session,
    connection: joined(session.connection, moment.now),
    slowJoins: 0,
    identity: identity.state,
    people: { self, members, count },
    settings: settingsAt(session.settings, payload),
    isOutdated: isNewerMajor(payload.version),
    namesAnswers: session.connection.is === "joining" ? ref === JOIN_REF : session.namesAnswers,
  };
  return andThen(step(inRoom, ...identity.effects), (inRoom) => {
    const resumed = resume(session.log, payload);
    switch (resumed.is) {
      case "resumed":
        return takeEntries({ ...inRoom, log: resumed.log }, payload.entries, moment);
      case "tooFar":
        return joinFromEnd(inRoom, moment);
      case "window":
        return showWindow(inRoom, resumed);
      default:
        return unreachable(resumed);
    }
  });
}

/** Too many entries are missing to fetch them all: joins again at the end of the log. */
function joinFromEnd(session: SessionState, { now }: Moment): SessionStep {
  const empty: SessionState = { ...session, log: { is: "empty" } };
  const left = andThen(step(empty, { do: "drop", how: "lost" }), disconnect);
  return andThen(left, (session) => reconnect(session, now));
}

/** The join was refused: temporarily, then it is repeated, or for good (SPEC D4). */
function onJoinRefused(session: SessionState, refusal: Refusal, moment: Moment): SessionStep {
  if (refusal.temporary) return giveUp(session, moment, refusal.retryAfter);
  const refused: SessionState = { ...session, connection: { is: "refused", refusal } };
  return andThen(step(refused, { do: "drop", how: "lost" }), disconnect);
}

function onMemberChange(
  session: SessionState,
  how: MemberChange,
  payload: DownPayload<MemberChange>,
): SessionStep {
  const { people, typists, identity } = session;
  if (!people) return step(session);
  const { member } = payload;
  const isSelf = member.id === people.self.id;
  const next: SessionState = {
    ...session,
    people: changeMembers(people, how, payload),
    typists: how === "renamed" ? renamedTypist(typists, member) : without(typists, [member.id]),
    identity: isSelf && how === "renamed" ? renamed(identity, member.name) : identity,
  };
  // One's own coming and going on another connection is no news here.
  return isSelf && how !== "renamed"
    ? step(next)
    : step(next, tell({ type: "moved", how, member }));
}

function onTyping(
  session: SessionState,
  payload: DownPayload<"typing">,
  { now }: Moment,
): SessionStep {
  const { member, on } = payload;
  if (member.id === session.people?.self.id) return step(session);
  return step({ ...session, typists: typed(session.typists, member, on, now) });
}

function onPage(session: SessionState, page: DownPayload<"history">, moment: Moment): SessionStep {
  const request = requestOf(session.pages, page, session.namesAnswers);
  if (!request) return step(session);
  const taken: SessionState = {
    ...session,
    pages: answered(session.pages, request, moment.now),
    settings: settingsFrom(session.settings, page.truncatedBefore),
  };
  if (request.for === "hole") return onHolePage(taken, page, moment);
  const { entries, more, truncatedBefore } = page;
  const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
  return andThen(acknowledged(taken, entries), (session) =>
    step(
      { ...session, log: reachBack(session.log, page) },
      { do: "resolvePage", key: request.key, page: { entries, more, ...trimmed } },
    ),
  );
}

function onHolePage(
  session: SessionState,
  page: DownPayload<"history">,
  moment: Moment,
): SessionStep {
  const filled = fillHole(session.log, page);
  switch (filled.is) {
    case "none":
      return step(session);
    case "empty":
      return step({ ...session, pages: putOffHole(session.pages, 0, moment) });
    case "reset":
      return resetLog(session, moment);
    case "window":
      return showWindow(session, filled);
    case "entries": {
      const pages = { ...session.pages, holeBackoff: rested };
      return takeEntries({ ...session, pages }, filled.entries, moment);
    }
    default:
      return unreachable(filled);
  }
}

/** A request in the room was refused (SPEC D4); the refusal names it. */
function onRefused(session: SessionState, refusal: Refusal, moment: Moment): SessionStep {
  // The server does not know that we joined, so the sent entry itself is not refused.
  if (refusal.code === "not_joined") return giveUp(session, moment);
  const { pages, identity, queue } = session;
  const { ref } = refusal;
  if (ref === undefined) {
    return session.namesAnswers ? step(session) : onUnnamedRefused(session, refusal, moment);
  }
  const request = requestNamed(pages, ref);
  if (request) {
    return withSlice(session, "pages", pageRefused(pages, request, refusal, moment));
  }
  if (identity.newName?.ref === ref) {
    return withSlice(session, "identity", renameRefused(identity, refusal));
  }
  return withSlice(session, "queue", itemRefused(queue, ref, refusal, moment));
}

/** A server before 1.2 names only entries; the rest follows from what is in flight. */
function onUnnamedRefused(session: SessionState, refusal: Refusal, moment: Moment): SessionStep {
  const { pages, identity } = session;
  const [request] = pages.out;
  if (request && refusal.code !== "bad_name") {
    return withSlice(session, "pages", pageRefused(pages, request, refusal, moment));
  }
  if (identity.newName === undefined) return step(session);
  return withSlice(session, "identity", renameRefused(identity, refusal));
}

/**
 * Reads the refusal in an `error` frame. An unknown code becomes the nearest general one; the
 * sentence and whether it is temporary are kept.
 */
function refusalOf(payload: DownPayload<"error">): Refusal {
  const { code, message, temporary, ref, retryAfter, setting } = payload;
  const general = temporary ? "unavailable" : "bad_payload";
  return {
    code: isRefusalCode(code) ? code : general,
    message,
    temporary,
    ...(ref === undefined ? {} : { ref }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(setting === undefined ? {} : { setting }),
  };
}
