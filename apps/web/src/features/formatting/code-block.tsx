import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useCopy } from "../../ui/copy.ts";
import { lazyComponent } from "../../ui/lazy.tsx";

/** Code as it was written. It scrolls sideways and can be copied. */
export function CodeBlock({
  text,
  drawn,
  language,
}: {
  text: string;
  /** The part that is drawn so far; it gets its colours once it is complete. */
  drawn: string;
  language: string | undefined;
}) {
  const isWhole = drawn === text && language !== undefined;
  const { copied, copy } = useCopy(text);
  return (
    <div dir="ltr" className="max-w-full min-w-0 overflow-clip rounded-sm bg-code">
      <div className="flex h-8 touch:h-11 items-center justify-between gap-3 ps-3 pe-1 text-xs text-ink-soft">
        <span className="truncate font-mono">{language}</span>
        <button
          type="button"
          aria-label="Copy code"
          onClick={copy}
          className="flex h-7 touch:h-11 shrink-0 items-center gap-1 rounded-sm px-2 font-semibold transition-colors hover:bg-hover hover:text-ink"
        >
          {copied ? (
            <IconCheck aria-hidden="true" size={14} stroke={2} />
          ) : (
            <IconCopy aria-hidden="true" size={14} stroke={1.8} />
          )}
          <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
        </button>
      </div>
      <pre
        role="group"
        aria-label={language === undefined ? "Code" : `Code, ${language}`}
        // Lets the keyboard scroll long lines.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="scrolls-aside px-3 pb-2.5 font-mono text-sm leading-5 focus-visible:-outline-offset-2"
      >
        <code>{isWhole ? <LazyColouredCode code={text} named={language} /> : drawn}</code>
      </pre>
    </div>
  );
}

/** Loaded with the first code in a language. Until then, or if loading fails, code is plain. */
const LazyColouredCode = lazyComponent(
  async () => (await import("./coloured-code.tsx")).ColouredCode,
  PlainCode,
  PlainCode,
);

function PlainCode({ code }: { code: string; named: string }) {
  return code;
}
