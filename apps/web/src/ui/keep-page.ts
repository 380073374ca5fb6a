/** Stops the browser from opening a dropped file in place of the page. */
export function keepPageFromFiles(): void {
  const keep = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };
  addEventListener("dragover", keep);
  addEventListener("drop", keep);
}
