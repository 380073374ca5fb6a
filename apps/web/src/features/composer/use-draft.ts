import { useCallback, useEffect, useRef, useState } from "react";
import { storedDraft } from "../../storage/drafts.ts";

/** How long after the last key a draft is stored, in ms. */
const KEEP_AFTER_MS = 300;

/** The text that is being written in a room. It survives a reload. */
export function useDraft(roomId: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => storedDraft(roomId).read());
  const pending = useRef<{ text: string; timer: ReturnType<typeof setTimeout> }>(undefined);

  const keep = useCallback(() => {
    if (!pending.current) return;
    clearTimeout(pending.current.timer);
    storedDraft(roomId).write(pending.current.text);
    pending.current = undefined;
  }, [roomId]);

  useEffect(() => {
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, [keep]);

  const write = useCallback(
    (next: string) => {
      setText(next);
      clearTimeout(pending.current?.timer);
      pending.current = { text: next, timer: setTimeout(keep, KEEP_AFTER_MS) };
    },
    [keep],
  );
  return [text, write];
}
