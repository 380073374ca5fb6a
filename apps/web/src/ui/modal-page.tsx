import { type DialogHTMLAttributes, useLayoutEffect, useRef } from "react";
import { classNames } from "./class-names.ts";
import { focusHome } from "./focus-home.ts";

/**
 * A modal dialog as large as the window, open for as long as it is mounted. The browser keeps the
 * focus inside; it returns to where it was, or else to the room.
 * @param onClose removes it: called on Escape, and on Back where that closes dialogs
 */
export function ModalPage({
  onClose,
  className,
  children,
  ...rest
}: DialogHTMLAttributes<HTMLDialogElement> & { onClose: () => void }) {
  const page = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = page.current;
    element?.showModal();
    return () => {
      // A dialog that is removed open does not return the focus.
      element?.close();
      focusHome(document.querySelector("main"));
    };
  }, []);
  return (
    <dialog
      ref={page}
      // At once: the browser tells of a close in a later task, when another page may be open already.
      onCancel={({ target, currentTarget }) => {
        if (target === currentTarget) onClose();
      }}
      onClose={() => {
        if (!page.current?.open) onClose();
      }}
      className={classNames(
        "m-0 h-dvh max-h-none w-full max-w-none flex-col border-none p-0 open:flex open:animate-appear",
        className,
      )}
      {...rest}
    >
      {children}
    </dialog>
  );
}
