import type { Frames } from "../../room/frame-batch.ts";
import type { Message } from "../../room/message.ts";
import type { RoomState, RoomStore } from "../../room/store.ts";
import { repliedMessage } from "../../room/reply.ts";
import { canBeNews } from "../../room/unread.ts";
import { mentionsOf } from "../formatting/mentions.ts";
import { parseMessage } from "../formatting/parse-message.ts";
import { plainText } from "../formatting/tree.ts";

/** What comes within this time, in ms, is one piece of news; a tab that shows it says so meanwhile. */
const GATHER_MS = 400;
/** Characters of a message that a notification shows. */
const SHOWN_CHARS_MAX = 140;

/** Messages that came and that the reader has not seen. */
export interface NewMessages {
  readonly count: number;
  /** The one to show: the last that speaks of the reader or answers them, else the last. */
  readonly message: Message;
  /** What it says, without its formatting. */
  readonly text: string;
  readonly mentioned: boolean;
}

/**
 * What is new to the reader: what others said after `toldTo` and after the last message that the
 * reader saw; not what the room opened with.
 */
function newMessagesIn(state: RoomState, toldTo: number): NewMessages | undefined {
  const { messages, lastRead, openedAt, people } = state;
  const after = Math.max(lastRead, openedAt, toldTo);
  const first = messages.findLastIndex(({ seq }) => seq <= after) + 1;
  const fresh = messages.slice(first).filter((message) => canBeNews(message, people?.self.id));
  const findMentions = mentionsOf(people?.self.name ?? "");
  const isToReader = (message: Message) =>
    findMentions(textOf(message)).length > 0 || authorAnswered(state, message) === people?.self.id;
  const mention = fresh.findLast(isToReader);
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

/** Whose message this one answers, where that is shown. */
function authorAnswered(state: RoomState, { replyTo }: Message): string | undefined {
  return replyTo && repliedMessage(state, replyTo)?.from.id;
}

function textOf({ body }: Message): string {
  return body.is === "said" ? body.text : "";
}

/**
 * Tells of news while nobody watches, a little after it came, each message once.
 * @returns the way to stop
 */
export function watchNewMessages(
  store: RoomStore,
  frames: Pick<Frames, "after">,
  tell: (news: NewMessages) => void,
): () => void {
  let toldTo = store.getState().head;
  let callOff: (() => void) | undefined;
  const look = () => {
    callOff = undefined;
    const state = store.getState();
    const news = newMessagesIn(state, toldTo);
    toldTo = state.head;
    if (news) tell(news);
  };
  const unsubscribe = store.subscribe((state, before) => {
    // A log that starts anew may have smaller numbers.
    if (state.head < toldTo) toldTo = 0;
    if (state.head !== before.head) callOff ??= frames.after(GATHER_MS, look);
  });
  return () => {
    unsubscribe();
    callOff?.();
  };
}
