import { useMemo } from "react";
import { useRoom } from "../../room/room-context.ts";
import { drawBlocks } from "../formatting/format-text.tsx";
import { mentionsOf } from "../formatting/mentions.ts";
import { parseMessage } from "../formatting/parse-message.ts";

/** What somebody wrote, formatted: never HTML. The reader's name stands out in the words of others. */
export function MessageText({ text, mine }: { text: string; mine: boolean }) {
  const ownName = useRoom(({ people }) => (mine ? "" : (people?.self.name ?? "")));
  const blocks = useMemo(() => parseMessage(text), [text]);
  const findMentions = useMemo(() => mentionsOf(ownName), [ownName]);
  return (
    <div className="grid min-w-0 gap-1.5 wrap-anywhere">{drawBlocks(blocks, findMentions)}</div>
  );
}
