import { useMemo } from "react";
import type { Message } from "../../room/message.ts";
import { useRoom } from "../../room/use-room.ts";
import { parseMessage } from "../formatting/parse-message.ts";
import { LazySetNews } from "../settings/lazy-settings.tsx";
import { plainText } from "../formatting/tree.ts";

/**
 * Announces new messages to screen readers; apart from the list, whose rows are mounted and
 * unmounted while scrolling.
 */
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

/** The most messages that are announced at once; a screen reader cannot keep up with more. */
const ANNOUNCED_MAX = 5;
/** How many characters of a message are announced. */
const READ_CHARS_MAX = 240;

/** One announcement. */
interface Announcement {
  readonly key: string;
  readonly text: string;
}

/**
 * The latest messages of others, to be announced. Neither the first window nor own messages count.
 * @param after the `seq` after which messages are new
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
