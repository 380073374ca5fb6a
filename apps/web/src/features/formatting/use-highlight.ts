import { useEffect, useReducer } from "react";
import type { Stretch } from "./highlight.ts";
import type { Highlighter } from "./highlighter.ts";
import { languageNamed } from "./languages.ts";

/** Loaded once for all; until then, and where it cannot be loaded, code is plain. */
let loaded: Highlighter | undefined;

/**
 * Colours code once a worker has; its text is the same before and after.
 * @param name the language as it was written beside the code; an unknown one stays plain
 */
export function useHighlight(code: string, name: string | undefined): readonly Stretch[] {
  const language = name === undefined ? undefined : languageNamed(name);
  const [, draw] = useReducer((times: number) => times + 1, 0);
  const known = language && loaded?.known({ code, language });

  useEffect(() => {
    if (!language || known) return undefined;
    let isWanted = true;
    import("./page-highlighter.ts")
      .then(({ highlighter }) => {
        loaded = highlighter;
        return highlighter.highlight({ code, language });
      })
      .then(
        () => isWanted && draw(),
        () => undefined,
      );
    return () => {
      isWanted = false;
    };
  }, [code, language, known]);

  return known ?? [{ text: code }];
}
