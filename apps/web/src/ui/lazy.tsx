import {
  useEffect,
  useEffectEvent,
  useState,
  type ComponentType,
  type ComponentProps,
} from "react";
import type { Dialog } from "./dialog.tsx";

/** How long the messages of a room may take before the parts around them are fetched all the same, in ms. */
const SHOWN_WITHIN_MS = 2_000;

const shown = Promise.withResolvers<void>();

/**
 * Call it where a room's messages are drawn: the parts around them are fetched after that.
 * @param isDrawn whether there are messages, or it is known that there are none
 */
export function useShown(isDrawn: boolean): void {
  useEffect(() => {
    const timer = setTimeout(shown.resolve, SHOWN_WITHIN_MS);
    const frame = isDrawn ? requestAnimationFrame(() => setTimeout(shown.resolve)) : undefined;
    return () => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [isDrawn]);
}

/** Whether a room's messages were drawn, or took too long. */
export function useIsShown(): boolean {
  const [isShown, setIsShown] = useState(false);
  useEffect(() => void shown.promise.then(() => setIsShown(true)), []);
  return isShown;
}

/** Makes a part wait until messages are drawn. `build/around-room.ts` puts such parts into one file. */
export function onceShown<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    await shown.promise;
    return load();
  };
}

/** A part of the app that is fetched once, when it is first needed. */
interface LazyPart<T> {
  /** Undefined until it is fetched. */
  readonly now: () => T | undefined;
  /** Rejects if it cannot be fetched; the next call tries again. */
  readonly fetch: () => Promise<T>;
}

/** @param load imports it, such as `() => import("./qr-code.tsx")` */
export function lazyPart<T>(load: () => Promise<T>): LazyPart<T> {
  let part: T | undefined;
  return {
    now: () => part,
    fetch: async () => {
      part ??= await load();
      return part;
    },
  };
}

/** How long after a failure a part is fetched again, in ms: at first, and after many failures. */
const AGAIN_MS = 2_000;
const AGAIN_MS_MAX = 30_000;

/**
 * Fetches a part. After a failure it tries again: after a pause, or once the network is back. (Older
 * versions of Firefox and Safari remember a failure until the page is loaded again.)
 * @param failed called after each failure
 * @returns ends it
 */
export function keepFetching<T>(
  lazy: LazyPart<T>,
  fetched: (part: T) => void,
  failed: () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let againMs = AGAIN_MS;
  let isWanted = true;
  const stopWaiting = () => {
    clearTimeout(timer);
    removeEventListener("online", attempt);
  };
  const attempt = () => {
    stopWaiting();
    lazy.fetch().then(
      (part) => isWanted && fetched(part),
      () => {
        if (!isWanted) return;
        timer = setTimeout(attempt, againMs);
        againMs = Math.min(2 * againMs, AGAIN_MS_MAX);
        addEventListener("online", attempt);
        failed();
      },
    );
  };
  attempt();
  return () => {
    isWanted = false;
    stopWaiting();
  };
}

/** A part of the app, fetched as long as it is needed; undefined until then. */
export function useLazy<T>(
  lazy: LazyPart<T>,
  isNeeded: boolean,
  onFailed?: () => void,
): T | undefined {
  const [part, setPart] = useState(lazy.now);
  const failed = useEffectEvent(() => onFailed?.());
  useEffect(() => {
    if (!isNeeded || part !== undefined) return undefined;
    return keepFetching(lazy, (fetched) => setPart(() => fetched), failed);
  }, [lazy, isNeeded, part]);
  return part;
}

/**
 * A component that is fetched when it is first drawn.
 * @param load imports it
 * @param Failed is shown after a failure, until it is fetched
 * @param Loading is shown until it is fetched
 */
export function lazyComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Failed: ComponentType<P> = Nothing,
  Loading: ComponentType<P> = Nothing,
): ComponentType<P> {
  const lazy = lazyPart(load);
  return function Lazy(props: P) {
    const [isFailed, setIsFailed] = useState(false);
    const Part = useLazy(lazy, true, () => setIsFailed(true)) ?? (isFailed ? Failed : Loading);
    return <Part {...props} />;
  };
}

function Nothing() {
  return null;
}

/** A dialog whose code is fetched after the room is shown, because nobody opens one before. */
export const LazyDialog = lazyComponent<ComponentProps<typeof Dialog>>(
  onceShown(async () => (await import("./dialog.tsx")).Dialog),
);
