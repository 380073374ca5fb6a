import { useEffect, useEffectEvent } from "react";
import { usePartner } from "../../room/use-room.ts";

/** A key that works wherever the focus is, unless the user is writing. */
export type ShortcutKey = "/" | "?" | "End";

/**
 * Calls `act` when the key is pressed anywhere on the page, but not in a dialog or while writing.
 */
export function useShortcut(key: ShortcutKey, act: () => void): void {
  useKeysOfPage((event) => {
    if (event.key !== key) return;
    event.preventDefault();
    act();
  });
}

/** A printable character, but no shortcut and no blank, which scrolls. */
const WRITTEN = /^[^ /?]$/u;

/** Calls `act` when the user begins to type anywhere on the page, before the key is handled. */
export function useTyping(act: () => void): void {
  useKeysOfPage(({ key }) => {
    if (WRITTEN.test(key)) act();
  });
}

function useKeysOfPage(act: (event: KeyboardEvent) => void): void {
  const isPrivate = usePartner() !== undefined;
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (isForPage(event) && isPrivate === isInPrivate(event)) act(event);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** A key belongs to the place that has the focus. */
function isInPrivate({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest("[data-private]") !== null;
}

function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (document.querySelector("dialog[open], [popover]:popover-open")) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement) || !isEditable(target)) return true;
  // The caret of an empty box is at the end already.
  return event.key === "End" && target instanceof HTMLTextAreaElement && target.value === "";
}

function isEditable(element: HTMLElement): boolean {
  return element.isContentEditable || element.matches("input, textarea, select");
}
