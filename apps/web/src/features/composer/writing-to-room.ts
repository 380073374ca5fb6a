/**
 * Whether the user writes to the room at the moment. A conversation that a reload opens again does
 * not take the focus from there.
 */
export function isWritingToRoom(): boolean {
  const box = document.activeElement;
  return box instanceof HTMLTextAreaElement && box.value !== "" && !box.closest("[data-private]");
}
