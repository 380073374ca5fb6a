import { useEffect, useEffectEvent } from "react";

/** A key that does something wherever the focus is, as long as nobody is writing. */
export type ShortcutKey = "/" | "?" | "End";

/** Does something when a key is pressed anywhere on the page, but not in a dialog or while writing. */
export function useShortcut(key: ShortcutKey, act: () => void): void {
  useKeysOfPage((event) => {
    if (event.key !== key) return;
    event.preventDefault();
    act();
  });
}

/** A sign that is written, but none of the shortcuts and no blank, which scrolls. */
const WRITTEN = /^[^ /?]$/u;

/** Does something as soon as somebody begins to write anywhere on the page, before the key is taken. */
export function useTyping(act: () => void): void {
  useKeysOfPage(({ key }) => {
    if (WRITTEN.test(key)) act();
  });
}

function useKeysOfPage(act: (event: KeyboardEvent) => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (isForPage(event)) act(event);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (document.querySelector("dialog[open], [popover]:popover-open")) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement) || !isEditable(target)) return true;
  // The end of an empty box is where the caret is already.
  return event.key === "End" && target instanceof HTMLTextAreaElement && target.value === "";
}

function isEditable(element: HTMLElement): boolean {
  return element.isContentEditable || element.matches("input, textarea, select");
}
