import { useLayoutEffect, useRef } from "react";
import { useRoomActions } from "../../room/room-context.ts";
import { lineAround } from "./row-elements.ts";

/** Brings back a message that was just taken back; takes the focus from where that was done. */
export function UndoDeletion({ id }: { id: string }) {
  const { keep } = useRoomActions();
  const button = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const element = button.current;
    const line = lineAround(element);
    const focused = document.activeElement;
    if (focused === document.body || focused === line) element?.focus({ preventScroll: true });
    return () => {
      // It goes away: the focus stays with its message.
      if (document.activeElement === element) line?.focus({ preventScroll: true });
    };
  }, []);

  return (
    <button
      ref={button}
      type="button"
      onClick={() => keep(id)}
      className="ml-2 rounded-sm px-2 py-0.5 font-semibold text-link not-italic hover:bg-hover touch:py-2"
    >
      Undo
    </button>
  );
}
