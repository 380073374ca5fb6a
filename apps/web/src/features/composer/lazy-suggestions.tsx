import { useState } from "react";
import { lazyPart, useLazy } from "../../ui/lazy.tsx";
import type * as part from "./suggestion-part.ts";
import type { Suggesting } from "./use-suggestions.ts";

/** What finds and shows suggestions. */
export type SuggestionPart = typeof part;

/** Fetched once the box stands: nothing can be suggested before something is written. */
const suggestionPart = lazyPart<SuggestionPart>(() => import("./suggestion-part.ts"));

/** What finds suggestions; where it could not be fetched, `fetchPart` tries again. */
export function useSuggestionPart(): {
  readonly part: SuggestionPart | undefined;
  readonly fetchPart: () => void;
} {
  const [isNeeded, setIsNeeded] = useState(true);
  const part = useLazy(suggestionPart, isNeeded, () => setIsNeeded(false));
  return { part, fetchPart: () => setIsNeeded(true) };
}

/** The suggestions above the box. */
export function LazySuggestionList({ suggesting }: { suggesting: Suggesting }) {
  const { part } = suggesting;
  return part && <part.SuggestionList suggesting={suggesting} />;
}
