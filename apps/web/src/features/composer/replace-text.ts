/**
 * Replaces a range of a box's text as if it were typed: the change can be undone, and the box fires
 * its input event.
 * @param from, to UTF-16 units of the box's text
 */
export function replaceText(
  box: HTMLTextAreaElement,
  from: number,
  to: number,
  text: string,
): void {
  box.focus();
  box.setSelectionRange(from, to);
  // oxlint-disable-next-line typescript/no-deprecated -- only this keeps the box's undo history
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, from, to, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
