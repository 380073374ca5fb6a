import { lazyPart, onceShown, useLazy } from "../../ui/lazy.tsx";
import type * as part from "./suggestion-part.ts";
import type { ShownSuggestions } from "./shown-suggestions.ts";

/** The code that finds and shows suggestions. */
export type SuggestionPart = typeof part;

/** Fetched after the box is shown, because suggestions need some text first. */
const suggestionPart = lazyPart<SuggestionPart>(onceShown(() => import("./suggestion-part.ts")));

/** The code of suggestions; undefined until it is fetched. */
export function useSuggestionPart(): SuggestionPart | undefined {
  return useLazy(suggestionPart, true);
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
