import { useCallback, useRef, useState, type RefObject } from "react";

/** The people panel or drawer, and the button that opens it. */
export interface PeopleSideControl {
  readonly open: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly toggle: () => void;
  /** Closes it and gives the focus back to the button. */
  readonly close: () => void;
}

export function usePeopleSide(): PeopleSideControl {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const toggle = useCallback(() => setOpen((was) => !was), []);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  return { open, button, toggle, close };
}
