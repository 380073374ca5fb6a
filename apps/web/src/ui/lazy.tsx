import {
  useEffect,
  useEffectEvent,
  useState,
  type ComponentType,
  type ComponentProps,
} from "react";
import type { Dialog } from "./dialog.tsx";

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

/**
 * A part of the app, fetched once it is needed; undefined until then. If it could not be fetched,
 * the next need tries again.
 */
export function useLazy<T>(
  lazy: LazyPart<T>,
  isNeeded: boolean,
  onFailed?: () => void,
): T | undefined {
  const [part, setPart] = useState(lazy.now);
  const failed = useEffectEvent(() => onFailed?.());
  useEffect(() => {
    if (!isNeeded || part !== undefined) return undefined;
    let isWanted = true;
    lazy.fetch().then(
      (fetched) => isWanted && setPart(() => fetched),
      () => isWanted && failed(),
    );
    return () => {
      isWanted = false;
    };
  }, [lazy, isNeeded, part]);
  return part;
}

/**
 * A component that is fetched when it is first drawn.
 * @param load imports it
 * @param Failed is shown if it cannot be fetched
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
  async () => (await import("./dialog.tsx")).Dialog,
);
