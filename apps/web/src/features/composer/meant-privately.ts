import { storedReopened } from "../../storage/room-contents.ts";

/**
 * Whether a reload is about to open a private conversation again. What is typed before that may be
 * meant for it, and must not go into the room's box.
 */
export function isReopening(roomId: string): boolean {
  const isOpen = document.querySelector("[data-private]") !== null;
  return !isOpen && storedReopened(roomId).read() !== undefined;
}

/**
 * Whether the user writes to the room: then a conversation that is opened again takes no focus. A
 * draft alone is no sign, as the room's box does not take the focus before (`isReopening`).
 */
export function isWritingToRoom(): boolean {
  const box = document.activeElement;
  return box instanceof HTMLTextAreaElement && box.value !== "" && !box.closest("[data-private]");
}
