import { useEffect, useEffectEvent } from "react";

/** Whether dropped or pasted data is a file, without any text. */
export function holdsNoText({ types }: Pick<DataTransfer, "types">): boolean {
  return types.includes("Files") && !types.some((type) => type.startsWith("text/"));
}

/** Calls back when a file is dropped anywhere on the page. */
export function useDroppedFiles(onDropped: () => void): void {
  const dropped = useEffectEvent(onDropped);
  useEffect(() => {
    const drop = ({ dataTransfer }: DragEvent) => {
      if (dataTransfer?.types.includes("Files")) dropped();
    };
    window.addEventListener("drop", drop);
    return () => window.removeEventListener("drop", drop);
  }, []);
}
