/** A file that is dropped on the page would be opened in its place: it is not. */
export function keepPageFromFiles(): void {
  const keep = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };
  addEventListener("dragover", keep);
  addEventListener("drop", keep);
}
