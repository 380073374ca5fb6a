import { useEffect, useRef, useState, type MouseEvent } from "react";
import { storedUsedEmoji } from "../../storage/used-emoji.ts";
import { TOUCH, useMedia } from "../../ui/use-media.ts";
import type { NamedEmoji } from "./emoji-list.ts";
import { useEmojiList } from "./use-emoji-list.ts";
import { findEmoji, QUICK_EMOJI, spokenName } from "./emoji-search.ts";
import { closePopup, Popup, type Box } from "../../ui/popup.tsx";

/** How many often used emoji are at the top: a row. */
const OFTEN_MAX = 8;

const NONE: ReadonlySet<string> = new Set();

/** All emoji, to pick one by sight or by name. */
export function EmojiPicker({
  label,
  beside,
  own = NONE,
  onPick,
  onClose,
}: {
  label: string;
  beside: Box;
  /** The emoji that the user reacted with. */
  own?: ReadonlySet<string>;
  onPick: (emoji: string) => void;
  onClose: () => void;
}) {
  const list = useEmojiList(true);
  const touch = useMedia(TOUCH);
  const [text, setText] = useState("");
  const isLooking = text.trim() !== "";
  const [used] = useState(() =>
    storedUsedEmoji()
      .read()
      .map(({ emoji }) => emoji),
  );
  // Shown before the names of the other emoji are loaded.
  const often = [...new Set([...used, ...QUICK_EMOJI])]
    .slice(0, OFTEN_MAX)
    .map(
      (each) => list.find(({ emoji }) => emoji === each) ?? { emoji: each, name: each, words: [] },
    );
  const shown = isLooking ? findEmoji(list, text) : list;
  const isLoaded = list.length > 0;

  // Enter may come before the names: it counts once they are there.
  const form = useRef<HTMLFormElement>(null);
  const [isEntered, setIsEntered] = useState(false);
  useEffect(() => {
    if (isEntered && isLoaded) form.current?.requestSubmit();
  }, [isEntered, isLoaded]);

  const pick = (emoji: string) => (event: MouseEvent<HTMLElement>) => {
    closePopup(event.currentTarget);
    onPick(emoji);
  };
  return (
    <Popup beside={beside} role="dialog" label={label} onClose={onClose}>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          setIsEntered(!isLoaded);
          const best = isLooking ? shown[0] : undefined;
          if (!best) return;
          closePopup(event.currentTarget);
          onPick(best.emoji);
        }}
      >
        <input
          // Of type "search", Escape would empty it first.
          role="searchbox"
          inputMode="search"
          value={text}
          aria-label="Find an emoji"
          placeholder="Find an emoji"
          // On a phone, its keyboard would cover the emoji.
          data-first={touch ? undefined : ""}
          onChange={(event) => setText(event.target.value)}
          className="mb-1.5 h-10 touch:h-11 w-full rounded-sm bg-surface px-3 ring-1 ring-edge ring-inset placeholder:text-ink-faint focus-visible:outline-offset-0"
        />
      </form>
      <div className="h-[min(18rem,calc(100dvh-6rem))] w-81 overflow-y-auto overscroll-contain max-sm:w-auto">
        {!isLooking && (
          <Grid label="Often used" emoji={often} own={own} onPick={pick} first={touch} />
        )}
        <Grid
          label={isLooking ? "Found" : "All"}
          emoji={shown}
          own={own}
          onPick={pick}
          first={false}
        />
        <p role="status" className="px-2 py-4 text-center text-sm text-ink-soft empty:hidden">
          {isLooking && isLoaded && shown.length === 0 && "No emoji goes by that name."}
        </p>
      </div>
    </Popup>
  );
}

function Grid({
  label,
  emoji,
  own,
  onPick,
  first,
}: {
  label: string;
  emoji: readonly NamedEmoji[];
  own: ReadonlySet<string>;
  onPick: (emoji: string) => (event: MouseEvent<HTMLElement>) => void;
  /** Its first emoji takes the focus. */
  first: boolean;
}) {
  if (emoji.length === 0) return null;
  return (
    <section aria-label={label} className="not-first:mt-1">
      <h3 aria-hidden="true" className="px-1.5 py-1 text-xs font-semibold text-ink-faint">
        {label}
      </h3>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(2.5rem,1fr))] touch:grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))]">
        {emoji.map(({ emoji, name }, place) => (
          <button
            key={emoji}
            type="button"
            aria-label={spokenName(name)}
            aria-pressed={own.has(emoji)}
            title={spokenName(name)}
            // One tab stop for all of them; arrow keys move between them.
            tabIndex={place === 0 ? 0 : -1}
            data-step=""
            data-first={first && place === 0 ? "" : undefined}
            onClick={onPick(emoji)}
            className="grid h-10 touch:h-11 place-items-center rounded-sm text-xl hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-mine"
          >
            {emoji}
          </button>
        ))}
      </div>
    </section>
  );
}
