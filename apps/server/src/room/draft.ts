import {
  generateEntryId,
  refOf,
  refusal,
  unreachable,
  type EntryFrame,
  type Member,
  type Refusal,
  type UpFrame,
} from "@parley/protocol";
import type { Draft, RoomLog, Target } from "../log/log.ts";

/** A frame that becomes an entry of the log. */
export type DurableUp = Extract<UpFrame, { type: "chat" | "edit" | "delete" | "react" }>;

export type Drafted =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly refusal: Refusal };

type PlainChat = Extract<UpFrame, { type: "chat" }>;

/** Whether a frame speaks of no other message, so that nothing has to be looked up. */
export function isPlainChat(frame: DurableUp): frame is PlainChat {
  return frame.type === "chat" && frame.payload.replyTo === undefined;
}

/** What a chat that answers no other adds to the log. */
export function plainChat({ payload }: PlainChat, from: Member, at: number): Draft {
  const { message, id = generateEntryId() } = payload;
  return { type: "chat", payload: { message, id, at, from } };
}

/** Looks an entry up in the room's log. */
type Find = (target: Target) => ReturnType<RoomLog["find"]>;

/**
 * Decides what a durable frame adds to the log, or why nothing: the message that it speaks of
 * has to be there, and only its author may change it. Throws LogUnavailable.
 * @param at when it came, in ms since 1970
 */
export async function draftEntry(
  frame: DurableUp,
  from: Member,
  at: number,
  find: Find,
): Promise<Drafted> {
  if (isPlainChat(frame)) return { ok: true, draft: plainChat(frame, from, at) };
  const { id } = frame.payload;
  // A frame that came before is the log's to judge, also where its target is gone (SPEC D2, D3).
  const earlier =
    id === undefined ? undefined : await find({ id, author: from.id, ofAnyKind: true });
  const target = earlier ? targetSeqOf(earlier) : await findTarget(frame, from, find);
  if (typeof target === "string") return { ok: false, refusal: refusal(target, refOf(frame)) };
  return { ok: true, draft: draftOf(frame, { id: id ?? generateEntryId(), at, from }, target) };
}

/** Where the message that a frame speaks of stands, or why it cannot be spoken of. */
async function findTarget(
  frame: DurableUp,
  from: Member,
  find: Find,
): Promise<number | "unknown_target" | "not_author"> {
  switch (frame.type) {
    case "chat":
    case "react": {
      const id = frame.type === "chat" ? frame.payload.replyTo : frame.payload.target;
      const target = id === undefined ? undefined : await find({ id });
      return target?.payload.seq ?? "unknown_target";
    }
    case "edit":
    case "delete": {
      const { target: id } = frame.payload;
      const own = await find({ id, author: from.id });
      if (own) return own.payload.seq;
      return (await find({ id })) ? "not_author" : "unknown_target";
    }
    default:
      return unreachable(frame);
  }
}

function targetSeqOf({ payload }: EntryFrame): number {
  if ("targetSeq" in payload) return payload.targetSeq;
  return payload.replyToSeq ?? 0;
}

type Said = Pick<Draft["payload"], "id" | "at" | "from">;

function draftOf(frame: DurableUp, said: Said, targetSeq: number): Draft {
  switch (frame.type) {
    case "chat": {
      const { message, replyTo } = frame.payload;
      const reply = replyTo === undefined ? {} : { replyTo, replyToSeq: targetSeq };
      return { type: "chat", payload: { message, ...said, ...reply } };
    }
    case "edit": {
      const { target, message } = frame.payload;
      return { type: "edited", payload: { target, targetSeq, message, ...said } };
    }
    case "delete":
      return { type: "deleted", payload: { target: frame.payload.target, targetSeq, ...said } };
    case "react": {
      const { target, emoji, on } = frame.payload;
      return { type: "reacted", payload: { target, targetSeq, emoji, on, ...said } };
    }
    default:
      return unreachable(frame);
  }
}
