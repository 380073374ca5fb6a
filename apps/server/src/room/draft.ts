import {
  generateEntryId,
  refusal,
  unreachable,
  type Member,
  type Refusal,
  type UpFrame,
} from "@parley/protocol";
import type { Draft, RoomLog } from "../log/log.ts";

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

/**
 * Decides what a durable frame adds to the log, or why nothing: the message that it speaks of
 * has to be there, and only its author may change it. Throws LogUnavailable.
 * @param at when it came, in ms since 1970
 */
export async function draftEntry(
  frame: DurableUp,
  from: Member,
  at: number,
  find: (target: { id: string; author?: string }) => ReturnType<RoomLog["find"]>,
): Promise<Drafted> {
  const ref = frame.payload.id;
  const said = { id: ref ?? generateEntryId(), at, from };
  switch (frame.type) {
    case "chat": {
      const { message, replyTo } = frame.payload;
      if (replyTo === undefined) return drafted(plainChat(frame, from, at));
      const target = await find({ id: replyTo });
      if (!target) return refused("unknown_target", ref);
      const replyToSeq = target.payload.seq;
      return drafted({ type: "chat", payload: { message, ...said, replyTo, replyToSeq } });
    }
    case "edit":
    case "delete": {
      const { target } = frame.payload;
      const own = await find({ id: target, author: from.id });
      if (!own) return refused((await find({ id: target })) ? "not_author" : "unknown_target", ref);
      const what = { target, targetSeq: own.payload.seq };
      if (frame.type === "delete")
        return drafted({ type: "deleted", payload: { ...what, ...said } });
      const { message } = frame.payload;
      return drafted({ type: "edited", payload: { ...what, message, ...said } });
    }
    case "react": {
      const { target, emoji, on } = frame.payload;
      const found = await find({ id: target });
      if (!found) return refused("unknown_target", ref);
      const targetSeq = found.payload.seq;
      return drafted({ type: "reacted", payload: { target, targetSeq, emoji, on, ...said } });
    }
    default:
      return unreachable(frame);
  }
}

const drafted = (draft: Draft): Drafted => ({ ok: true, draft });
const refused = (code: "unknown_target" | "not_author", ref: string | undefined): Drafted => ({
  ok: false,
  refusal: refusal(code, ref),
});
