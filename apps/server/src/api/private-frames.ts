import {
  answering,
  isEntryRequest,
  refOf,
  refusal,
  unreachable,
  type DownFrame,
  type EntryRequest,
  type InnerDown,
  type InnerUp,
  type UpPayload,
} from "@parley/protocol";
import { refusalOf } from "../access/submit.ts";
import { guestName } from "../identity.ts";
import { conversationId } from "../log/private-ids.ts";
import type { ApiDeps } from "./deps.ts";
import { pageOf, refused, type Requester } from "./frame-answers.ts";
import { reasonAgainst } from "./private-messages.ts";
import type { Submissions } from "./submissions.ts";

/** Does what a frame of a conversation asks for. @returns its answer, in a frame of the conversation */
export async function handlePrivate(
  { with: id, via, frame, ref }: UpPayload<"private">,
  bytes: number,
  requester: Requester,
  deps: ApiDeps,
  submissions: Submissions,
): Promise<DownFrame | undefined> {
  // A frame without a `ref` has that of its envelope.
  const inner = refOf(frame) === undefined ? answering<InnerUp>(frame, ref) : frame;
  const answer = await answerTo(inner, { id, via, bytes }, requester, deps, submissions);
  if (!answer) return undefined;
  const name = deps.rooms.nameOf(requester.roomId, id) ?? guestName(id);
  return { type: "private", payload: { with: { id, name }, frame: answer } };
}

interface Envelope {
  readonly id: string;
  readonly via: string | undefined;
  readonly bytes: number;
}

async function answerTo(
  frame: InnerUp,
  { id, via, bytes }: Envelope,
  requester: Requester,
  deps: ApiDeps,
  submissions: Submissions,
): Promise<InnerDown | undefined> {
  const { roomId, from, address, isKnown } = requester;
  const ref = refOf(frame);
  // A member who was made for this request has no conversations.
  if (!isKnown) return refused(deps, refusal("not_joined", ref));
  if (id === from.id) return refused(deps, refusal("unknown_member", ref));
  const logId = conversationId(roomId, from.id, id);
  const asked = { roomId, memberId: from.id, id, logId, via, address };
  try {
    const why = await reasonAgainst(deps, asked, { begins: frame.type === "chat" });
    if (why) return refused(deps, { ...why, ...(ref === undefined ? {} : { ref }) });
    if (isEntryRequest(frame)) {
      const origin = { address, bytes, isKnown, logId };
      const submitted = await submissions.submit(roomId, frame, from, origin);
      if (submitted.is === "refused") return refused(deps, submitted.refusal);
      return answering(submitted.entry as InnerDown, frame.payload.ref);
    }
    const tooFast = submissions.signal(requester, ref);
    if (tooFast) return refused(deps, tooFast);
    return await signal(frame, logId, requester, deps);
  } catch (error) {
    return refused(deps, refusalOf(error, ref));
  }
}

/** Handles a frame that is kept in no log. */
async function signal(
  frame: Exclude<InnerUp, EntryRequest>,
  logId: string,
  requester: Requester,
  deps: ApiDeps,
): Promise<InnerDown | undefined> {
  switch (frame.type) {
    case "history":
      return pageOf(logId, frame.payload, requester, deps);
    case "typing":
      await deps.conversations.visit(logId, async (conversation) =>
        conversation.announceTyping(requester.from, frame.payload.on),
      );
      return undefined;
    case "leave":
      // What a stream has open ends with it.
      return undefined;
    case "join": {
      const detail = "A stream opens a conversation.";
      return refused(deps, refusal("bad_frame", frame.payload.ref, detail));
    }
    default:
      return unreachable(frame);
  }
}
