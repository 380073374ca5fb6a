import type { Suggestion } from "./suggestions.ts";

/** Suggestions as the list shows them. */
export interface ShownSuggestions {
  readonly listId: string;
  readonly suggestions: readonly Suggestion[];
  /** The index of the one that Enter takes. */
  readonly chosen: number | undefined;
  readonly take: (suggestion: Suggestion) => void;
}

/** The element id of one suggestion, which the box refers to. */
export function suggestionId(listId: string, at: number): string {
  return `${listId}-${at}`;
}
