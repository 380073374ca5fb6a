/** All code of suggestions that is fetched at once, after the room is shown. */
export { SuggestionList } from "./suggestion-list.tsx";
export {
  askedFor,
  closedEmojiAt,
  firstChoice,
  nextChoice,
  queryAt,
  suggestionsFor,
  textOf,
} from "./suggestions.ts";
