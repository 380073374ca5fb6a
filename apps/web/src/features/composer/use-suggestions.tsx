import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useRoom } from "../../room/use-room.ts";
import { useEmojiList } from "../emoji/use-emoji-list.ts";
import type { Asking, Suggestion } from "./suggestions.ts";
import type { ShownSuggestions } from "./shown-suggestions.ts";
import { replaceText } from "./replace-text.ts";
import { lazyPart, onceShown, useLazy } from "../../ui/lazy.tsx";
import type * as part from "./suggestion-part.ts";

/** Suggestions for the text, as the box and the list need them. */
interface Suggesting extends ShownSuggestions {
  /** The code that shows them; undefined until it is fetched. */
  readonly part: SuggestionPart | undefined;
  /** Call it when the text was changed, by typing or otherwise. */
  readonly written: () => void;
  /** Call it when the caret or the focus moved. */
  readonly caretMoved: () => void;
  readonly left: () => void;
  /** @returns whether the key was handled */
  readonly keyPressed: (event: KeyboardEvent) => boolean;
}

/** Suggests emoji, members and commands for the text before the caret of a box. */
export function useSuggestions(
  box: RefObject<HTMLTextAreaElement | null>,
  withCommands: boolean,
): Suggesting {
  const listId = useId();
  const part = useSuggestionPart();
  /** Whether the text changed before the code was fetched. */
  const isUnseen = useRef(false);
  const [asking, setAsking] = useState<Asking>({ is: "idle" });
  const query = asking.is === "asking" ? asking.query : undefined;
  const [hasAskedEmoji, setHasAskedEmoji] = useState(false);
  const emoji = useEmojiList(hasAskedEmoji);
  const people = useRoom((state) => state.people);

  const suggestions = useMemo(() => {
    if (!part || !query || (query.is === "command" && !withCommands)) return [];
    const others = people?.members.filter(({ id }) => id !== people.self.id) ?? [];
    return part.suggestionsFor(query, { others, emoji });
  }, [part, query, withCommands, people, emoji]);
  const moved = asking.is === "asking" ? asking.chosen : undefined;
  const chosen = query && (moved ?? part?.firstChoice(query, suggestions));

  const finish = (from: number) => setAsking({ is: "done", from });
  const take = (suggestion: Suggestion) => {
    if (!box.current || !query || !part) return;
    const text = part.textOf(suggestion);
    const to = query.from + 1 + query.text.length;
    const hasBlank = box.current.value.charAt(to) === " ";
    replaceText(box.current, query.from, to, hasBlank ? text.trimEnd() : text);
    finish(query.from);
  };
  const written = () => {
    isUnseen.current = !part;
    if (!part || !box.current) return;
    const { value, selectionStart: caret } = box.current;
    const next = part.queryAt(value, caret);
    if (next?.is === "emoji") setHasAskedEmoji(true);
    setAsking((before) => part.askedFor(before, next));
    const closed = part.closedEmojiAt(value, caret);
    const named = closed && emoji.find(({ name }) => name === closed.text.toLowerCase());
    if (!closed || !named) return;
    // After the box has handled the colon itself.
    queueMicrotask(() => {
      if (box.current?.value === value) replaceText(box.current, closed.from, caret, named.emoji);
    });
  };
  const arrived = useEffectEvent(() => {
    if (isUnseen.current) written();
  });
  useEffect(() => {
    if (part) arrived();
  }, [part]);
  const keyPressed = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (!part || asking.is !== "asking" || suggestions.length === 0) return false;
    switch (key) {
      case "ArrowDown":
      case "ArrowUp": {
        const by = key === "ArrowDown" ? 1 : -1;
        setAsking({ ...asking, chosen: part.nextChoice(chosen, by, suggestions.length) });
        return true;
      }
      case "Escape":
        finish(asking.query.from);
        return true;
      case "Enter":
      case "Tab": {
        const suggestion = chosen === undefined || shiftKey ? undefined : suggestions[chosen];
        if (suggestion) take(suggestion);
        return suggestion !== undefined;
      }
      default:
        return false;
    }
  };
  return {
    part,
    listId,
    suggestions,
    chosen,
    take,
    written,
    caretMoved: () => {
      if (query && box.current?.selectionStart !== query.from + 1 + query.text.length) {
        setAsking({ is: "idle" });
      }
    },
    left: () => {
      isUnseen.current = false;
      setAsking({ is: "idle" });
    },
    keyPressed,
  };
}

/** The code that finds and shows suggestions. */
type SuggestionPart = typeof part;

/** Fetched after the box is shown, because suggestions need some text first. */
const suggestionPart = lazyPart<SuggestionPart>(onceShown(() => import("./suggestion-part.ts")));

/** The code of suggestions; undefined until it is fetched. */
function useSuggestionPart(): SuggestionPart | undefined {
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
