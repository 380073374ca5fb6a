import { IconPaperclip } from "@tabler/icons-react";
import { type RefObject, useEffect, useState } from "react";
import { partOf } from "../../ui/dropped-files.ts";

/** Says where files land while they are dragged over the page. */
export function DropHint({ box }: { box: RefObject<Element | null> }) {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const over = ({ dataTransfer, target }: DragEvent) => {
      const holdsFiles = dataTransfer?.types.includes("Files") ?? false;
      setIsOver(holdsFiles && partOf(target as Element) === partOf(box.current));
    };
    const end = () => setIsOver(false);
    window.addEventListener("dragover", over, { signal });
    window.addEventListener("drop", end, { signal });
    window.addEventListener(
      "dragleave",
      // It leaves the window, not only an element in it.
      ({ relatedTarget }) => relatedTarget === null && end(),
      { signal },
    );
    return () => ended.abort();
  }, [box]);

  return (
    isOver && (
      <div className="pointer-events-none absolute inset-2 z-30 grid animate-appear place-items-center rounded-lg border-2 border-dashed border-focus bg-veil">
        <p className="flex items-center gap-2 rounded-md bg-raised px-4 py-2.5 font-semibold text-ink shadow-high">
          <IconPaperclip aria-hidden="true" size={20} stroke={1.8} />
          Drop to attach
        </p>
      </div>
    )
  );
}
