import { useEffect, useMemo, useState } from "react";
import type { highlight, Stretch } from "./highlight.ts";
import { languageNamed } from "./languages.ts";

type Highlight = typeof highlight;

/** Loaded once for all; until then, and where it cannot be loaded, code is plain. */
let loaded: Highlight | undefined;

/**
 * Colours code once what it takes is loaded; its text is the same before and after.
 * @param name the language as it was written beside the code; an unknown one stays plain
 */
export function useHighlight(code: string, name: string | undefined): readonly Stretch[] {
  const language = name === undefined ? undefined : languageNamed(name);
  const [highlight, setHighlight] = useState(() => loaded);

  useEffect(() => {
    if (language === undefined || highlight) return undefined;
    let isWanted = true;
    import("./highlight.ts").then(
      (module) => {
        loaded = module.highlight;
        if (isWanted) setHighlight(() => module.highlight);
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [language, highlight]);

  return useMemo(
    () => (highlight && language ? highlight(code, language) : [{ text: code }]),
    [highlight, code, language],
  );
}
