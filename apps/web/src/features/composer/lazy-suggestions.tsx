import { useState } from "react";
import { lazyPart, onceShown, useLazy } from "../../ui/lazy.tsx";
import type * as part from "./suggestion-part.ts";
import type { ShownSuggestions } from "./shown-suggestions.ts";

/** The code that finds and shows suggestions. */
export type SuggestionPart = typeof part;

/** Fetched after the box is shown, because suggestions need some text first. */
const suggestionPart = lazyPart<SuggestionPart>(onceShown(() => import("./suggestion-part.ts")));

/** The code of suggestions. If it could not be fetched, `fetchPart` tries again. */
export function useSuggestionPart(): {
  readonly part: SuggestionPart | undefined;
  readonly fetchPart: () => void;
} {
  const [isNeeded, setIsNeeded] = useState(true);
  const part = useLazy(suggestionPart, isNeeded, () => setIsNeeded(false));
  return { part, fetchPart: () => setIsNeeded(true) };
}

/** The suggestions above the box. */
export function LazySuggestionList({
  suggesting,
}: {
  suggesting: ShownSuggestions & { readonly part: SuggestionPart | undefined };
}) {
  const { part } = suggesting;
  return part && <part.SuggestionList suggesting={suggesting} />;
}
