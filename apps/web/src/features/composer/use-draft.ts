import { useCallback, useEffect, useRef, useState } from "react";
import type { StoredValue, WatchedValue } from "../../storage/stored.ts";

/** How long after the last key a draft is stored, in ms. */
const KEEP_AFTER_MS = 300;

/**
 * A text that is being written. It survives a reload. If other tabs write it as well, it follows
 * them, as long as everything that was written here is stored.
 * @param open says where it is stored; called once
 */
export function useDraft(
  open: () => StoredValue<string> & Partial<WatchedValue<string>>,
): [string, (text: string) => void] {
  const [draft] = useState(open);
  const [text, setText] = useState(draft.read);
  const pending = useRef<{ text: string; timer: ReturnType<typeof setTimeout> }>(undefined);

  const keep = useCallback(() => {
    if (!pending.current) return;
    clearTimeout(pending.current.timer);
    draft.write(pending.current.text);
    pending.current = undefined;
  }, [draft]);

  useEffect(() => {
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      keep();
    };
  }, [keep]);

  useEffect(
    () =>
      draft.watch?.(() => {
        if (!pending.current) setText(draft.read());
      }),
    [draft],
  );

  const write = useCallback(
    (next: string) => {
      setText(next);
      clearTimeout(pending.current?.timer);
      pending.current = { text: next, timer: setTimeout(keep, KEEP_AFTER_MS) };
      // What was sent here cannot be sent by another tab once more.
      if (next === "") keep();
    },
    [keep],
  );
  return [text, write];
}
