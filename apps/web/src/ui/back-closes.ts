import { useEffect, useEffectEvent } from "react";
import { onNavigated } from "./route.ts";

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
