import type { AnimationFrames } from "../../room/frame-batch.ts";
import type { Message } from "../../room/message.ts";
import type { RoomState, RoomStore } from "../../room/store.ts";
import { canBeNews } from "../../room/unread.ts";
import { parseMessage } from "../formatting/parse-message.ts";
import { plainText } from "../formatting/tree.ts";
import { addressIn } from "./address.ts";

/**
 * Messages within this time, in ms, are reported together. A tab that shows them marks them as read
 * meanwhile.
 */
const GATHER_MS = 400;
/** How many characters of a message a notification shows. */
const SHOWN_CHARS_MAX = 140;

/** New messages that the user has not seen. */
export interface NewMessages {
  readonly count: number;
  /** The message to show: the last that mentions or answers the user, else the last. */
  readonly message: Message;
  /** Its text, without formatting. */
  readonly text: string;
  readonly mentioned: boolean;
}

/**
 * The messages of others after `notifiedUpTo` and after the last one that the user saw, without those of
 * the first window.
 */
function newMessagesIn(state: RoomState, notifiedUpTo: number): NewMessages | undefined {
  const { messages, lastRead, lastReadBefore, openedAt, people } = state;
  // The room still opens: what arrives belongs to that.
  if (lastReadBefore !== undefined) return undefined;
  const after = Math.max(lastRead, openedAt, notifiedUpTo);
  const first = messages.findLastIndex(({ seq }) => seq <= after) + 1;
  const fresh = messages.slice(first).filter((message) => canBeNews(message, people?.self.id));
  const addressOf = addressIn(state);
  const mention = fresh.findLast((message) => addressOf(message) !== undefined);
  const message = mention ?? fresh.at(-1);
  return (
    message && {
      count: fresh.length,
      message,
      text: [...plainText(parseMessage(textOf(message)))].slice(0, SHOWN_CHARS_MAX).join(""),
      mentioned: mention !== undefined,
    }
  );
}

function textOf({ body }: Message): string {
  return body.is === "said" ? body.text : "";
}

/**
 * Reports new messages while nobody watches, shortly after they arrive, each once.
 * @returns stops it
 */
export function watchNewMessages(
  store: RoomStore,
  frames: Pick<AnimationFrames, "after">,
  tell: (news: NewMessages) => void,
): () => void {
  let notifiedUpTo = store.getState().head;
  let callOff: (() => void) | undefined;
  const look = () => {
    callOff = undefined;
    const state = store.getState();
    const news = newMessagesIn(state, notifiedUpTo);
    notifiedUpTo = state.head;
    if (news) tell(news);
  };
  const unsubscribe = store.subscribe((state, before) => {
    // After a reset, numbers may be smaller.
    if (state.head < notifiedUpTo) notifiedUpTo = 0;
    if (state.head !== before.head) callOff ??= frames.after(GATHER_MS, look);
  });
  return () => {
    unsubscribe();
    callOff?.();
  };
}
