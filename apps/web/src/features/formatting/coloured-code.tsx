import { useEffect, useReducer } from "react";
import { Coloured } from "./coloured.tsx";
import { languageNamed } from "./languages.ts";
import { highlighter } from "./page-highlighter.ts";

/**
 * Colours code once a worker has parsed it; the text is the same before and after.
 * @param named the language as it was written; code of an unknown one stays plain
 */
export function ColouredCode({ code, named }: { code: string; named: string }) {
  const language = languageNamed(named);
  const known = language && highlighter.known({ code, language });
  const [, draw] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (!language || known) return undefined;
    let isWanted = true;
    highlighter.highlight({ code, language }).then(
      () => isWanted && draw(),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [code, language, known]);
  return known ? <Coloured stretches={known} /> : code;
}
