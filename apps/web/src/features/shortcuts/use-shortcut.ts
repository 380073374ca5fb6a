import { useEffect, useEffectEvent } from "react";

/** A key that does something wherever the focus is, as long as nobody is writing. */
export type ShortcutKey = "/" | "?" | "End";

/** Does something when a key is pressed anywhere on the page, but not in a dialog or while writing. */
export function useShortcut(key: ShortcutKey, act: () => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || !isForPage(event)) return;
    event.preventDefault();
    act();
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
  if (document.querySelector("dialog[open]")) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement) || !isEditable(target)) return true;
  // The end of an empty box is where the caret is already.
  return event.key === "End" && target instanceof HTMLTextAreaElement && target.value === "";
}

function isEditable(element: HTMLElement): boolean {
  return element.isContentEditable || element.matches("input, textarea, select");
}
