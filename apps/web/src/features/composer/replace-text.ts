/**
 * Puts a text in the place of a stretch of a box, as if it were typed: the change can be undone, and
 * the box tells of it like of any other.
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
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else leaves the undo of a box alone
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, from, to, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
