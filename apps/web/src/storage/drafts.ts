import type { Member } from "@parley/protocol";
import {
  isText,
  one,
  plain,
  shape,
  stored,
  tabStore,
  type Guard,
  type TextStore,
} from "./stored.ts";

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

/** A message that gets another text: a refused one is amended, any other is edited. */
export interface EditTarget {
  readonly is: "amending" | "editing";
  readonly id: string;
  /** Its text when the edit began. */
  readonly text: string;
}

interface EditDraft extends EditTarget {
  /** The new text so far. */
  readonly written: string;
}

const isEdit: Guard<EditTarget["is"]> = (value) => value === "amending" || value === "editing";
const editDraft = one(shape<EditDraft>({ is: isEdit, id: isText, text: isText, written: isText }));

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

/** The message of a room that this tab edits, with its new text; undefined if it edits none. */
export function storedEdit(roomId: string, texts: TextStore = tabStore) {
  return stored(`parley.draft-edit.${roomId}`, editDraft, undefined, texts);
}
