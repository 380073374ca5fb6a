import {
  answering,
  decodeUp,
  isEntryRequest,
  refOf,
  refusal,
  unreachable,
  type DownFrame,
  type EntryRequest,
  type UpFrame,
  type UpPayload,
} from "@parley/protocol";
import { refusalOf } from "../access/submit.ts";
import {
  FRAMES_BODY_BYTES_MAX,
  FRAMES_PER_REQUEST_MAX,
  LEAVE_AGAIN_MS,
  PAGES_PER_REQUEST_MAX,
} from "../limits/limits.ts";
import { throwUnlessUnavailable } from "../log/log.ts";
import type { ApiDeps } from "./deps.ts";
import { pageOf, refused, type Requester } from "./frame-answers.ts";
import { ApiError } from "./errors.ts";
import { countGuess, guessWait } from "./guesses.ts";
import { answerJson, callerOf, memberOf, objectOf, roomOf, type ApiContext } from "./request.ts";
import { handlePrivate } from "./private-frames.ts";
import type { Submissions } from "./submissions.ts";

/** POST …/frames: handles frames in their order; the answers stand in the same order. */
export async function postFrames(
  c: ApiContext,
  deps: ApiDeps,
  submissions: Submissions,
): Promise<Response> {
  const roomId = roomOf(c);
  const caller = callerOf(c);
  const { frames } = await objectOf(c, FRAMES_BODY_BYTES_MAX);
  if (!Array.isArray(frames) || frames.length > FRAMES_PER_REQUEST_MAX) {
    const detail = `Send {"frames": […]} with at most ${FRAMES_PER_REQUEST_MAX} frames.`;
    throw ApiError.of(refusal("bad_frame", undefined, detail));
  }
  const from = memberOf(c, deps.rooms, roomId, caller);
  const { isKnown } = caller;
  const requester = {
    roomId,
    from,
    address: c.var.address,
    isKnown,
    pagesLeft: PAGES_PER_REQUEST_MAX,
  };
  const answers: DownFrame[] = [];
  for (const frame of frames as readonly unknown[]) {
    const answer = await handle(JSON.stringify(frame), requester, deps, submissions);
    if (answer) answers.push(answer);
  }
  return answerJson(c, { frames: answers });
}

/** Does what a frame asks for. @returns its answer, as a socket would be sent it */
async function handle(
  text: string,
  requester: Requester,
  deps: ApiDeps,
  submissions: Submissions,
): Promise<DownFrame | undefined> {
  const decoded = decodeUp(text);
  if (!decoded.ok) return refused(deps, decoded.refusal);
  const { frame } = decoded;
  deps.onFrame(frame.type);
  const ref = refOf(frame);
  const bytes = Buffer.byteLength(text);
  const retryAfter = deps.addresses.sent(requester.address, 1, bytes);
  if (retryAfter > 0) return refused(deps, { ...refusal("rate_limited", ref), retryAfter });
  try {
    if (isEntryRequest(frame)) {
      const { roomId, from } = requester;
      const submitted = await submissions.submit(roomId, frame, from, { ...requester, bytes });
      if (submitted.is === "refused") return refused(deps, submitted.refusal);
      return answering(submitted.entry, frame.payload.ref);
    }
    if (frame.type === "private") {
      return await handlePrivate(frame.payload, bytes, requester, deps, submissions);
    }
    const tooFast = submissions.signal(requester, ref);
    if (tooFast) return refused(deps, tooFast);
    return await signal(frame, requester, deps);
  } catch (error) {
    return refused(deps, refusalOf(error, ref));
  }
}

/** Handles a frame that is kept in no log. */
async function signal(
  frame: Exclude<UpFrame, EntryRequest | { type: "private" }>,
  requester: Requester,
  deps: ApiDeps,
): Promise<DownFrame | undefined> {
  const { roomId, from } = requester;
  switch (frame.type) {
    case "ping":
      return answering({ type: "pong", payload: {} } as const, frame.payload.ref);
    case "history":
      return pageOfRoom(frame.payload, requester, deps);
    case "typing":
      await deps.rooms.visit(roomId, async (room) => room.announceTyping(from, frame.payload.on));
      return undefined;
    case "rename":
      await deps.rooms.visit(roomId, async (room) => {
        room.presence.rename({ id: from.id, name: frame.payload.name });
      });
      return undefined;
    case "leave":
      await leave(requester, deps);
      // The end of a stream may come later than what was sent after it.
      deps.timers.after(LEAVE_AGAIN_MS, () => {
        leave(requester, deps).catch(throwUnlessUnavailable).catch(deps.onFailure);
      });
      return undefined;
    case "join":
      return refused(deps, refusal("bad_frame", frame.payload.ref, "A stream joins a room."));
    case "file": {
      const detail = "A file is sent to its own address over HTTP.";
      return refused(deps, refusal("bad_frame", refOf(frame), detail));
    }
    default:
      return unreachable(frame);
  }
}

/** Answers with a page of the room's own log; an empty one counts as a guess. */
async function pageOfRoom(
  asked: UpPayload<"history">,
  requester: Requester,
  deps: ApiDeps,
): Promise<DownFrame> {
  const { roomId, address } = requester;
  const retryAfter = guessWait(deps, address, roomId);
  if (retryAfter > 0) return refused(deps, { ...refusal("rate_limited", asked.ref), retryAfter });
  const page = await pageOf(roomId, asked, requester, deps);
  if (page.type === "history" && page.payload.head === 0) countGuess(deps, address, roomId);
  return page;
}

/** Joins once more and leaves: this takes a member whose streams have ended off the list. */
function leave({ roomId, from }: Requester, { rooms }: ApiDeps): Promise<void> {
  return rooms.visit(roomId, async ({ presence }) => {
    const member = await presence.find(from.id);
    if (!member) return;
    await presence.enter(member);
    presence.depart(from.id, "left");
  });
}
