import { useEffect, useReducer, type ComponentType, type ReactNode } from "react";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useCopy } from "../../ui/copy.ts";
import type { Stretch } from "./highlight.ts";
import type { Highlighter } from "./highlighter.ts";
import type { Language } from "./languages.ts";

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
  const coloured = useColoured(drawn, drawn === text ? language : undefined);
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
        className="overflow-x-auto overscroll-x-contain px-3 pb-2.5 font-mono text-sm leading-5 focus-visible:-outline-offset-2"
      >
        <code>{coloured}</code>
      </pre>
    </div>
  );
}

/** Loaded once for all blocks. Until then, or if loading fails, code is plain. */
let loaded:
  | {
      readonly languageNamed: (name: string) => Language | undefined;
      readonly highlighter: Highlighter;
      readonly Coloured: ComponentType<{ stretches: readonly Stretch[] }>;
    }
  | undefined;

/**
 * Colours code once a worker has parsed it; the text is the same before and after.
 * @param name the language as it was written; code of an unknown one stays plain
 */
function useColoured(code: string, name: string | undefined): ReactNode {
  const language = name === undefined ? undefined : loaded?.languageNamed(name);
  const [, draw] = useReducer((times: number) => times + 1, 0);
  const known = language && loaded?.highlighter.known({ code, language });

  useEffect(() => {
    if (name === undefined || known) return undefined;
    let isWanted = true;
    import("./page-highlighter.ts")
      .then(({ highlighter, Coloured, languageNamed }) => {
        loaded = { highlighter, Coloured, languageNamed };
        const language = languageNamed(name);
        return language && highlighter.highlight({ code, language });
      })
      .then(
        () => isWanted && draw(),
        () => undefined,
      );
    return () => {
      isWanted = false;
    };
  }, [code, name, known]);

  return loaded && known ? <loaded.Coloured stretches={known} /> : code;
}
