import { lazyComponent, onceShown } from "../../ui/lazy.tsx";

/** Fetched after the room is shown: until it is open, nobody is known to type. */
const LazyTypingNames = lazyComponent(
  onceShown(async () => (await import("./typing-names.tsx")).TypingNames),
);

/**
 * Who is typing. Its space is always reserved, so that nothing moves; at its end is the button that
 * leads to the latest message.
 */
export function TypingLine() {
  return (
    <div className="mx-auto mt-1.5 mb-1 flex h-5 w-full shrink-0 max-w-3xl items-center gap-2 ps-4 pe-24 text-xs text-ink-soft sm:ps-7 sm:pe-44">
      <LazyTypingNames />
    </div>
  );
}
