/** All of the suggestions that is fetched at once, when the room stands. */
export { SuggestionList } from "./suggestion-list.tsx";
export { askedFor, closedEmojiAt, nextChoice, queryAt } from "./suggestion-query.ts";
export { firstChoice, suggestionsFor, textOf } from "./suggestions.ts";
