import { useMemo } from "react";
import { useRoom } from "../../room/room-context.ts";
import { drawBlocks } from "../formatting/format-text.tsx";
import { mentionsOf } from "../formatting/mentions.ts";
import { parseMessage } from "../formatting/parse-message.ts";

/** What somebody wrote, formatted: never HTML. The reader's own name stands out. */
export function MessageText({ text }: { text: string }) {
  const ownName = useRoom(({ people }) => people?.self.name ?? "");
  const blocks = useMemo(() => parseMessage(text), [text]);
  const findMentions = useMemo(() => mentionsOf(ownName), [ownName]);
  return (
    <div className="grid min-w-0 gap-1.5 wrap-anywhere">{drawBlocks(blocks, findMentions)}</div>
  );
}
