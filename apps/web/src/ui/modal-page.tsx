import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  type DialogHTMLAttributes,
} from "react";
import { classNames } from "./class-names.ts";
import { focusHome } from "./focus-home.ts";
import { onNavigated } from "./route.ts";

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

/** Whether the page that closed last goes back by itself, and the browser has not told of it yet. */
let isGoingBack = false;

/**
 * The browser's Back closes what covers the room, and so does a link that is followed in it: while it
 * is open, it has an entry in the browser's history.
 * @param name marks the entry; one may cover another of another name
 */
export function useBackCloses(name: string, onClose: () => void): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const marks = () => history.state as Readonly<Record<string, true>> | null;
    const isMarked = () => marks()?.[name] === true;
    const mark = () => history.pushState({ ...marks(), [name]: true }, "");
    let isForFormer = isGoingBack;
    if (!isMarked()) mark();
    const went = () => {
      if (isMarked()) return;
      if (isForFormer) mark();
      else close();
      isForFormer = false;
    };
    window.addEventListener("popstate", went);
    const stop = onNavigated(() => close());
    return () => {
      window.removeEventListener("popstate", went);
      stop();
      if (!isMarked()) {
        // The room was left with it.
        close();
        return;
      }
      isGoingBack = true;
      window.addEventListener("popstate", () => (isGoingBack = false), { once: true });
      history.back();
    };
  }, [name]);
}
