import type { Member } from "@parley/protocol";
import { isText, one, plain, shape, stored, type TextStore } from "./stored.ts";

/** The message that is being replied to, with its text when the reply began. */
export interface ReplyTarget {
  readonly id: string;
  readonly from: Pick<Member, "id" | "name">;
  readonly text: string;
}

const replyTarget = one(
  shape<ReplyTarget>({
    id: isText,
    text: isText,
    from: shape<ReplyTarget["from"]>({ id: isText, name: isText }),
  }),
);

/** The draft of a room; empty without one. */
export function storedDraft(roomId: string, texts?: TextStore) {
  const draft = stored(`parley.draft.${roomId}`, plain(isText), "", texts);
  // A blank text is not stored.
  return { ...draft, write: (text: string) => draft.write(text.trim() === "" ? "" : text) };
}

/** The message that the draft of a room replies to; undefined if it replies to none. */
export function storedReply(roomId: string, texts?: TextStore) {
  return stored(`parley.draft-answers.${roomId}`, replyTarget, undefined, texts);
}
