import { type KeyboardEvent, type RefObject, useId, useMemo, useState } from "react";
import { useRoom } from "../../room/use-room.ts";
import { useEmojiList } from "../emoji/use-emoji-list.ts";
import { askedFor, type Asking, closedEmojiAt, nextChoice, queryAt } from "./suggestion-query.ts";
import { firstChoice, type Suggestion, suggestionsFor, textOf } from "./suggestions.ts";

/** Suggestions for what is being written, as a box and its list need them. */
export interface Suggesting {
  readonly listId: string;
  readonly suggestions: readonly Suggestion[];
  /** The place of the one that Enter takes. */
  readonly chosen: number | undefined;
  readonly take: (suggestion: Suggestion) => void;
  /** The text was changed, by whatever means. */
  readonly written: () => void;
  /** The caret went elsewhere, or the focus. */
  readonly caretMoved: () => void;
  readonly left: () => void;
  /** @returns whether the key was meant for the suggestions */
  readonly keyPressed: (event: KeyboardEvent) => boolean;
}

/** Offers emoji, people and commands for what stands before the caret of a box. */
export function useSuggestions(
  box: RefObject<HTMLTextAreaElement | null>,
  withCommands: boolean,
): Suggesting {
  const listId = useId();
  const [asking, setAsking] = useState<Asking>({ is: "idle" });
  const query = asking.is === "asking" ? asking.query : undefined;
  const [hasAskedEmoji, setHasAskedEmoji] = useState(false);
  const emoji = useEmojiList(hasAskedEmoji);
  const people = useRoom((state) => state.people);

  const suggestions = useMemo(() => {
    if (!query || (query.is === "command" && !withCommands)) return [];
    const others = people?.members.filter(({ id }) => id !== people.self.id) ?? [];
    return suggestionsFor(query, { others, emoji });
  }, [query, withCommands, people, emoji]);
  const moved = asking.is === "asking" ? asking.chosen : undefined;
  const chosen = query && (moved ?? firstChoice(query, suggestions));

  const finish = (from: number) => setAsking({ is: "done", from });
  const take = (suggestion: Suggestion) => {
    if (!box.current || !query) return;
    const text = textOf(suggestion);
    const to = query.from + 1 + query.text.length;
    const hasBlank = box.current.value.charAt(to) === " ";
    replaceText(box.current, query.from, to, hasBlank ? text.trimEnd() : text);
    finish(query.from);
  };
  const written = () => {
    if (!box.current) return;
    const { value, selectionStart: caret } = box.current;
    const next = queryAt(value, caret);
    if (next?.is === "emoji") setHasAskedEmoji(true);
    setAsking((before) => askedFor(before, next));
    const closed = closedEmojiAt(value, caret);
    const named = closed && emoji.find(({ name }) => name === closed.text.toLowerCase());
    if (!closed || !named) return;
    // Not while the box still tells of the colon.
    queueMicrotask(() => {
      if (box.current?.value === value) replaceText(box.current, closed.from, caret, named.emoji);
    });
  };
  const keyPressed = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (asking.is !== "asking" || suggestions.length === 0) return false;
    switch (key) {
      case "ArrowDown":
      case "ArrowUp": {
        const by = key === "ArrowDown" ? 1 : -1;
        setAsking({ ...asking, chosen: nextChoice(chosen, by, suggestions.length) });
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
    left: () => setAsking({ is: "idle" }),
    keyPressed,
  };
}

/** The id of one suggestion, for the box to name it by. */
export function suggestionId(listId: string, at: number): string {
  return `${listId}-${at}`;
}

/**
 * Puts a text in the place of a stretch of a box, as if it were typed: the change can be undone, and
 * the box tells of it like of any other.
 * @param from, to UTF-16 units of the box's text
 */
function replaceText(box: HTMLTextAreaElement, from: number, to: number, text: string): void {
  box.focus();
  box.setSelectionRange(from, to);
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else leaves the undo of a box alone
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, from, to, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
