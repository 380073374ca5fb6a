import { useMemo } from "react";
import type { Message } from "../../room/message.ts";
import { useRoom } from "../../room/use-room.ts";
import { parseMessage } from "../formatting/parse-message.ts";
import { LazySetNews } from "../settings/lazy-settings.tsx";
import { plainText } from "../formatting/tree.ts";

/** Reads new messages out; apart from the list, whose lines come and go as one scrolls. */
export function Announcer() {
  const messages = useRoom((state) => state.messages);
  const openedAt = useRoom((state) => state.openedAt);
  const selfId = useRoom(({ people }) => people?.self.id);
  const lines = useMemo(
    () => announcementsOf(messages, openedAt, selfId),
    [messages, openedAt, selfId],
  );
  const lastSet = useRoom(({ setEntries }) => setEntries.at(-1));
  const isNews = lastSet && lastSet.payload.seq > openedAt && lastSet.payload.from.id !== selfId;
  return (
    <div aria-live="polite" aria-relevant="additions" className="sr-only">
      {lines.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
      {isNews && <LazySetNews key={`set-${lastSet.payload.seq}`} entry={lastSet} />}
    </div>
  );
}

/** Messages that are announced at most at a time: a screen reader cannot keep up with more. */
const ANNOUNCED_MAX = 5;
/** Characters of a message that are read out. */
const READ_CHARS_MAX = 240;

/** One line for a screen reader. */
interface Announcement {
  readonly key: string;
  readonly text: string;
}

/**
 * The latest messages of others, to be read out. What the log opened with is no news, nor is what
 * one wrote oneself.
 * @param after the `seq` after which messages are news
 */
export function announcementsOf(
  messages: readonly Message[],
  after: number,
  selfId: string | undefined,
): readonly Announcement[] {
  return messages.slice(-ANNOUNCED_MAX).flatMap(({ seq, from, body }) =>
    seq > after && from.id !== selfId && body.is === "said"
      ? [
          {
            key: String(seq),
            text: `${from.name}: ${[...plainText(parseMessage(body.text))].slice(0, READ_CHARS_MAX).join("")}`,
          },
        ]
      : [],
  );
}
