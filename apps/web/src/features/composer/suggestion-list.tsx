import { unreachable } from "@parley/protocol";
import { useEffect, useRef } from "react";
import { Avatar, MemberName } from "../presence/member.tsx";
import { keyOf, type Suggestion } from "./suggestions.ts";
import { suggestionId, type ShownSuggestions } from "./shown-suggestions.ts";

/** The suggestions above the box. The focus stays in the box, whose keys choose among them. */
export function SuggestionList({
  suggesting: { listId, suggestions, chosen, take },
}: {
  suggesting: ShownSuggestions;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen !== undefined) list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const count = suggestions.length;
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {count > 0 && (count === 1 ? "1 suggestion" : `${count} suggestions`)}
      </p>
      {count > 0 && (
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label="Suggestions"
          className="absolute inset-x-3 bottom-full z-20 mb-1 max-h-[min(18rem,40dvh)] animate-appear overflow-y-auto rounded-md bg-raised p-1 shadow-high ring-1 ring-line sm:inset-x-6 sm:max-w-md"
        >
          {suggestions.map((suggestion, at) => (
            // The keys are handled by the box, which references the chosen item.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={keyOf(suggestion)}
              id={suggestionId(listId, at)}
              role="option"
              tabIndex={-1}
              aria-selected={at === chosen}
              // The box keeps the focus, and with it the on-screen keyboard.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(suggestion)}
              className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 hover:bg-hover aria-selected:bg-mine touch:min-h-11"
            >
              <Shown suggestion={suggestion} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function Shown({ suggestion }: { suggestion: Suggestion }) {
  switch (suggestion.is) {
    case "emoji":
      return (
        <>
          <span aria-hidden="true" className="w-6 text-center text-lg">
            {suggestion.emoji}
          </span>
          <span className="min-w-0 truncate">:{suggestion.name}:</span>
        </>
      );
    case "person":
      return (
        <>
          <Avatar member={suggestion.member} size="sm" />
          <span className="min-w-0 truncate">
            <MemberName member={suggestion.member} />
          </span>
        </>
      );
    case "command": {
      const { name, takes, what } = suggestion.command;
      return (
        // Where both do not fit beside each other, what it does stands below.
        <span className="flex grow flex-wrap gap-x-2.5 py-1 text-sm">
          <span className="grow">
            <span className="font-mono">/{name}</span>
            {takes !== "" && <i className="ms-2.5 text-ink-soft">{takes}</i>}
          </span>
          <span className="text-ink-soft">{what}</span>
        </span>
      );
    }
    default:
      return unreachable(suggestion);
  }
}
