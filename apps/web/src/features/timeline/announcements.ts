import type { AnimationFrames } from "../../room/frame-batch.ts";
import type { Message } from "../../room/message.ts";
import { spokenName } from "../../room/names.ts";
import type { RoomState, RoomStore } from "../../room/store.ts";
import { canBeNews } from "../../room/unread.ts";
import { parseMessage } from "../formatting/parse-message.ts";
import { plainText } from "../formatting/tree.ts";
import { addressIn } from "../notifications/address.ts";

/** Messages within this time, in ms, are announced together. */
const GATHER_MS = 500;
/** The least time between two announcements, in ms: the screen reader finishes the first one. */
const PAUSE_MS = 4_000;
/** The most messages that are read out at once; more are counted instead. */
const READ_MAX = 3;
/** How many characters of a message are read out. */
const READ_CHARS_MAX = 240;

/** One announcement. */
export interface Announcement {
  readonly key: string;
  readonly text: string;
}

/**
 * Announces each message of others once: a few are read out, a burst is summed up. The messages of
 * the first window do not count.
 * @param after the `seq` after which messages are new
 * @param announce takes the next announcements, never an empty list
 * @returns a function that stops it
 */
export function watchAnnouncements(
  store: RoomStore,
  after: number,
  frames: Pick<AnimationFrames, "after">,
  announce: (announcements: readonly Announcement[]) => void,
): () => void {
  let announcedTo = after;
  let callOff: (() => void) | undefined;
  const look = () => {
    const state = store.getState();
    const announcements = announcementsOf(state, Math.max(announcedTo, state.openedAt));
    announcedTo = state.head;
    callOff = undefined;
    if (announcements.length === 0) return;
    callOff = frames.after(PAUSE_MS, look);
    announce(announcements);
  };
  const unsubscribe = store.subscribe((state, before) => {
    // After a reset, `seq` may be smaller.
    if (state.head < announcedTo) announcedTo = 0;
    if (state.head !== before.head) callOff ??= frames.after(GATHER_MS, look);
  });
  if (store.getState().head > after) callOff = frames.after(GATHER_MS, look);
  return () => {
    unsubscribe();
    callOff?.();
  };
}

function announcementsOf(state: RoomState, after: number): readonly Announcement[] {
  const { messages, people } = state;
  const first = messages.findLastIndex(({ seq }) => seq <= after) + 1;
  const fresh = messages.slice(first).filter((message) => canBeNews(message, people?.self.id));
  const addressOf = addressIn(state);
  const lines = (those: readonly Message[]) =>
    those.map((message) => ({
      key: String(message.seq),
      text: lineOf(message, addressOf(message)),
    }));
  if (fresh.length <= READ_MAX) return lines(fresh);
  const toReader = fresh.filter((message) => addressOf(message) !== undefined);
  const toYou = toReader.length > 1 ? `, ${toReader.length} to you` : "";
  return [
    { key: `to-${fresh.at(-1)?.seq}`, text: `${fresh.length} new messages${toYou}` },
    ...lines(toReader.slice(-1)),
  ];
}

const HOW = { mention: " mentions you", reply: " replies to you" };

function lineOf({ from, body }: Message, address: keyof typeof HOW | undefined): string {
  const text = body.is === "said" ? plainText(parseMessage(body.text)) : "";
  const how = address === undefined ? "" : HOW[address];
  return `${spokenName(from)}${how}: ${[...text].slice(0, READ_CHARS_MAX).join("")}`;
}
