import { useCallback, useEffect, useRef, useState } from "react";

/** How long the confirmation of a copy is shown, in ms. */
const COPIED_MS = 2_000;

/** Copies a text; `copied` is true for a moment afterwards. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = useCallback(() => {
    void copyText(text).then((done) => {
      setCopied(done);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), COPIED_MS);
    });
  }, [text]);
  return { copied, copy };
}

/** Puts a text on the clipboard; returns whether it worked. Works without a secure context, too. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
    // oxlint-disable-next-line house/no-bare-catch -- denied, or not there at all
  } catch {
    return copyBySelection(text);
  }
}

/** A page over plain HTTP in a local network has no clipboard, but can copy a selection. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  // Inside an open dialog, because nothing outside it can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  // oxlint-disable-next-line typescript/no-deprecated -- there is nothing else without a secure context
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
