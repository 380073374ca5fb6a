import type { Member } from "@parley/protocol";
import { isText, one, plain, shape, stored, type TextStore } from "./stored.ts";

/** The message that is being replied to, as it read when the reply began. */
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

/** What was being written in a room when it was last open; empty where nothing was. */
export function storedDraft(roomId: string, texts?: TextStore) {
  const draft = stored(`parley.draft.${roomId}`, plain(isText), "", texts);
  // Nothing is left behind for a blank text.
  return { ...draft, write: (text: string) => draft.write(text.trim() === "" ? "" : text) };
}

/** The message that the draft of a room replies to; undefined where it replies to none. */
export function storedReply(roomId: string, texts?: TextStore) {
  return stored(`parley.draft-answers.${roomId}`, replyTarget, undefined, texts);
}
