import { IconX } from "@tabler/icons-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { IconButton } from "./button.tsx";

const shapes = {
  /** In the middle of the page. */
  card: "m-auto w-[min(24rem,calc(100vw-2rem))] rounded-lg open:animate-rise",
  /** The same, for long lines. */
  wide: "m-auto w-[min(34rem,calc(100vw-2rem))] rounded-lg open:animate-rise",
  /** Along the end of the lines, as tall as the page. */
  drawer:
    "my-0 me-0 ms-auto h-dvh max-h-none w-[min(20rem,calc(100vw-min(3rem,12vw)))] rounded-s-lg " +
    "pe-device pb-[env(safe-area-inset-bottom)] open:animate-slide",
  /** Along their beginning, as tall as the page. */
  sheet:
    "my-0 me-auto ms-0 h-dvh max-h-none w-[min(20rem,calc(100vw-min(3rem,12vw)))] rounded-e-lg " +
    "ps-device pb-[env(safe-area-inset-bottom)] open:animate-appear",
} as const;

/**
 * A modal dialog. The browser keeps the focus inside, closes it on Escape and returns the focus.
 * @param onClose sets `open` to false; called again once the browser has closed it
 */
export function Dialog({
  open,
  onClose,
  title,
  shape = "card",
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  shape?: keyof typeof shapes;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (open && !element?.open) element?.showModal();
    if (!open && element?.open) element.close();
  }, [open]);

  // A click on the dialog element itself hit its backdrop; the keyboard has Escape for that. Where
  // text is selected beyond the edge, the click is there, too, but the press was not.
  useEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    const ended = new AbortController();
    const { signal } = ended;
    let isPressed = false;
    const press = ({ target }: Event) => (isPressed = target === element);
    const click = ({ target }: Event) => isPressed && target === element && element.close();
    element.addEventListener("pointerdown", press, { signal });
    element.addEventListener("click", click, { signal });
    return () => ended.abort();
  }, []);

  // The browser tells of a close in a later task; the dialog may be open again by then.
  const closed = () => {
    if (!dialog.current?.open) onClose();
  };

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={({ target, currentTarget }) => {
        if (target === currentTarget) onClose();
      }}
      onClose={closed}
      className={classNames(
        "max-h-[calc(100dvh-2rem)] flex-col overflow-hidden bg-raised p-0 text-ink shadow-high open:flex",
        shapes[shape],
      )}
    >
      {open && (
        <>
          <div className="flex shrink-0 items-center justify-between gap-4 py-3 pe-3 ps-5">
            <h2 id={titleId} className="text-lg font-semibold">
              {title}
            </h2>
            <IconButton label="Close" onClick={onClose}>
              <IconX aria-hidden="true" size={20} stroke={1.8} />
            </IconButton>
          </div>
          <div className="flex min-h-0 grow flex-col overflow-y-auto px-[min(1.25rem,5vw)] pt-1 pb-5">
            {children}
          </div>
        </>
      )}
    </dialog>
  );
}
