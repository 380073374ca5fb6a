import { type RefObject, useEffect, useEffectEvent } from "react";

/** Whether dropped or pasted data is a file, without any text. */
export function holdsNoText({ types }: Pick<DataTransfer, "types">): boolean {
  return types.includes("Files") && !types.some((type) => type.startsWith("text/"));
}

/**
 * Calls back when files are dropped on the part of the page that a text box is in: a panel beside
 * the room has a box of its own.
 */
export function useDroppedFiles(
  box: RefObject<Element | null>,
  onDropped: (data: DataTransfer) => void,
): void {
  const dropped = useEffectEvent(onDropped);
  useEffect(() => {
    const drop = ({ dataTransfer, target }: DragEvent) => {
      if (!dataTransfer?.types.includes("Files")) return;
      if (partOf(target as Element) === partOf(box.current)) dropped(dataTransfer);
    };
    window.addEventListener("drop", drop);
    return () => window.removeEventListener("drop", drop);
  }, [box]);
}

/** The panel that an element is in; undefined or null for the room. */
export function partOf(element: Element | null): Element | null | undefined {
  return element?.closest("[data-private]");
}

/** The files of dropped or pasted data; of a folder, all files in it. */
export async function filesIn({ items, files }: DataTransfer): Promise<readonly File[]> {
  // Both lists are empty once this function returns.
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.());
  const plain = [...files];
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const { filesBelow } = await import("./folders.ts");
  return filesBelow(entries.filter((entry) => !!entry));
}
