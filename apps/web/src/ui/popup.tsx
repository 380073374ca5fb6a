import { useEffectEvent, useLayoutEffect, useRef, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { placeBeside, stepTo, type Box } from "./boxes.ts";

/** So narrow that what opens comes up from the lower edge of the window. */
const NARROW = "(width < 40rem)";

/**
 * Something that opens beside what it belongs to, above all else. The browser closes it on Escape
 * and on a click elsewhere, and gives the focus back. What takes part in going about by arrow keys
 * is marked with `data-step`.
 */
export function Popup({
  beside,
  role,
  label,
  onClose,
  children,
}: {
  beside: Box;
  role: "menu" | "dialog";
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const closed = useEffectEvent(onClose);
  const narrow = window.matchMedia(NARROW).matches;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const ended = new AbortController();
    const { signal } = ended;
    const toggled = ({ newState }: ToggleEvent) => newState === "closed" && closed();
    element.addEventListener("toggle", toggled, { signal });
    element.addEventListener("keydown", (event) => steps(element, event), { signal });
    // On some systems the key that opened it asks for the browser's menu as it is let go.
    element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    if (!element.matches(":popover-open")) element.showPopover();
    if (!narrow) {
      const size = { width: element.offsetWidth, height: element.offsetHeight };
      const view = { width: window.innerWidth, height: window.innerHeight };
      const { left, top } = placeBeside(beside, size, view);
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    }
    (element.querySelector<HTMLElement>("[data-first]") ?? element).focus();
    return () => ended.abort();
  }, [beside, narrow]);

  return (
    <div
      ref={box}
      popover="auto"
      role={role}
      aria-label={label}
      tabIndex={-1}
      className={classNames(
        "fixed m-0 bg-raised p-1.5 text-ink shadow-high ring-1 ring-line outline-none",
        narrow
          ? "inset-x-0 top-auto bottom-0 w-full max-w-none animate-rise rounded-t-lg pb-[max(0.75rem,env(safe-area-inset-bottom))] backdrop:bg-veil"
          : "inset-auto animate-appear rounded-md",
      )}
    >
      {children}
    </div>
  );
}

/** Closes the popup that something is in; the focus goes back to where it was. */
export function closePopup(within: Element): void {
  within.closest<HTMLElement>("[popover]")?.hidePopover();
}

/** Goes from one thing to the next by arrow keys; Tab ends a menu, as menus do. */
function steps(popup: HTMLElement, event: KeyboardEvent): void {
  const { key, target } = event;
  if (key === "Tab" && popup.role === "menu") {
    event.preventDefault();
    closePopup(popup);
    return;
  }
  const things = [...popup.querySelectorAll<HTMLElement>("[data-step]")];
  const from = things.indexOf(target as HTMLElement);
  // From a text field, or from the popup as a whole, there is one way in.
  if (from === -1 && key !== "ArrowDown") return;
  const boxes = things.map((thing) => thing.getBoundingClientRect());
  const next = things[from === -1 ? 0 : (stepTo(boxes, from, key) ?? -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
