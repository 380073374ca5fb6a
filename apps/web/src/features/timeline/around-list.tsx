import { useEffect, useId, useMemo, useState, type MouseEvent, type SubmitEvent } from "react";
import { useStore } from "zustand";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { dayOf, dayTitle } from "../../room/day.ts";
import { countAfter, countUnread, lacksUnread } from "../../room/unread.ts";
import { useRoom, useRoomActions } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";
import { useNow, useVisible } from "../../ui/use-page.ts";
import { Avatar, MemberName } from "../presence/member.tsx";
import { countText } from "../../ui/unread-count.tsx";
import type { Item } from "./items.ts";
import { askForDay, type ListViewStore } from "./list-view.ts";
import type { Hold } from "./stick.ts";
import { useActiveRow, useToast } from "../messages/active-row.ts";
import { Button } from "../../ui/button.tsx";
import { closePopup, Popup } from "../../ui/popup.tsx";

/** How often the name of the day is updated, in ms. */
const MINUTE_MS = 60_000;

/** What is drawn over the list: the day and author of its first rows, buttons up and down to new messages. */
export function AroundList({
  view,
  items,
  newPlace,
  hold,
  onUp,
  onLatest,
}: {
  view: ListViewStore;
  items: readonly Item[];
  newPlace: number | undefined;
  hold: Hold;
  /** Scrolls to the "New" line. */
  onUp: () => void;
  /** Scrolls to the latest message. */
  onLatest: () => void;
}) {
  return (
    <div className="pointer-events-none absolute inset-0 z-1 print:hidden">
      <div className="column grid grid-cols-[minmax(1.75rem,1fr)_auto_minmax(max-content,1fr)] items-start gap-2 pt-1.5">
        <AuthorAbove view={view} items={items} />
        <DayAbove view={view} items={items} />
        {newPlace !== undefined && hold !== "opening" && (
          <NewAbove view={view} place={newPlace} isAtEnd={hold === "stuck"} onJump={onUp} />
        )}
      </div>
      {(hold === "free" || hold === "at-new") && <JumpToLatest onJump={onLatest} />}
      <DayMenu view={view} />
      <Toast />
    </div>
  );
}

/** The day of the first row in view, if its separator is further up. Opens the choice of a date. */
function DayAbove({ view, items }: { view: ListViewStore; items: readonly Item[] }) {
  const now = useNow(MINUTE_MS);
  const days = useMemo(
    () => items.flatMap((item, place) => (item.kind === "day" ? [{ place, at: item.at }] : [])),
    [items],
  );
  const first = useStore(view, (state) => state.first);
  const day = days.findLast(({ place }) => place <= first);
  if (!day || day.place === first) return null;
  return (
    <>
      {/* Rows end below these buttons and fade there, so that nothing is read behind one. */}
      <div className="absolute inset-x-0 top-0 -z-1 h-12 bg-linear-to-b from-canvas from-75% forced-colors:hidden" />
      <button
        type="button"
        aria-haspopup="dialog"
        title="Jump to a date"
        onClick={({ currentTarget }: MouseEvent<HTMLElement>) =>
          askForDay(view, day.at, currentTarget)
        }
        className="pointer-events-auto relative col-start-2 inline-flex h-7 items-center rounded-full bg-raised px-3 text-xs font-semibold text-ink-soft shadow-low ring-1 ring-line transition-colors before:absolute before:-inset-2 hover:bg-hover hover:text-ink"
      >
        {dayTitle(day.at, now)}
      </button>
    </>
  );
}

/** The author of the first row in view, if their name is further up. */
function AuthorAbove({ view, items }: { view: ListViewStore; items: readonly Item[] }) {
  const selfId = useRoom(({ people }) => people?.self.id);
  const under = useStore(view, (state) => state.under);
  const isCut = useStore(view, (state) => state.isCut);
  const item = items[under];
  if (item?.kind !== "message" || (item.opens && !isCut)) return null;
  const { from } = item.message;
  if (from.id === selfId) return null;
  return (
    // Each message has its author in its label.
    <div
      aria-hidden="true"
      // The avatar of a row passes behind it, unseen.
      className="relative isolate col-start-1 row-start-1 flex h-7 items-center justify-self-start text-xs font-semibold text-ink-soft before:absolute before:-inset-x-1 before:-top-1.5 before:bottom-0 before:-z-10 before:bg-canvas"
    >
      <Avatar member={from} size="sm" />
      {/* Where the list is wide, in its margin: elsewhere, the name would cover a row. */}
      <span className="absolute end-full me-2 max-w-[calc(50cqw-23.5rem)] truncate @max-[60rem]:hidden">
        <MemberName member={from} />
      </span>
    </div>
  );
}

/** A button up to the first unread message, until that has been in view. */
function NewAbove({
  view,
  place,
  isAtEnd,
  onJump,
}: {
  view: ListViewStore;
  place: number;
  isAtEnd: boolean;
  onJump: () => void;
}) {
  const where = useStore(view, ({ first, lastWhole }) => {
    if (place < first) return "above";
    return place <= lastWhole ? "shown" : "below";
  });
  const firstUnread = useRoom((state) => state.firstUnread);
  const count = useRoom((state) => countAfter((firstUnread ?? 0) - 1, state));
  const isMore = useRoom(lacksUnread);
  const endNew = useRoom((state) => state.endNew);
  const visible = useVisible();
  const isMet = useStore(view, (state) => state.metNew === firstUnread);
  useEffect(() => {
    if (!visible) return;
    if (where === "shown") view.setState({ metNew: firstUnread });
    // Everything was read, and the line is out of view: nothing visible moves.
    if (where === "above" && isAtEnd && isMet) endNew();
  }, [view, visible, where, isAtEnd, isMet, firstUnread, endNew]);

  if (where !== "above" || isMet) return null;
  const amount = `${count}${isMore ? "+" : ""} new`;
  return (
    <button
      type="button"
      aria-label={`${amount} further up`}
      onClick={onJump}
      className="pointer-events-auto relative col-start-3 row-start-1 flex h-7 animate-appear items-center gap-1 justify-self-end rounded-full bg-signal px-3 text-xs font-semibold whitespace-nowrap text-on-signal shadow-low before:absolute before:-inset-2"
    >
      <IconArrowUp aria-hidden="true" size={14} stroke={2.2} />
      {amount}
    </button>
  );
}

/**
 * A button back to the end, with the number of new messages. It is below the list, beside the line
 * that says who is typing, so that it covers no message.
 */
function JumpToLatest({ onJump }: { onJump: () => void }) {
  const unread = useRoom(countUnread);
  return (
    <div className="column absolute inset-x-0 top-full mt-0.5 flex justify-end">
      <button
        type="button"
        onClick={onJump}
        className={classNames(
          "pointer-events-auto relative flex h-6 animate-appear items-center gap-1 rounded-full px-2.5 text-xs font-semibold",
          // What a finger reaches; the input below keeps its own.
          "before:absolute before:-inset-x-1.5 before:-top-4 before:-bottom-1",
          unread > 0
            ? "bg-signal text-on-signal"
            : "bg-raised text-ink ring-1 ring-line ring-inset",
        )}
      >
        <IconArrowDown aria-hidden="true" size={14} stroke={2.2} />
        <span className="max-sm:sr-only">
          {unread === 0 && "Jump to latest"}
          {unread > 0 && (unread === 1 ? "1 new message" : `${unread} new messages`)}
        </span>
        <span aria-hidden="true" className="sm:hidden">
          {unread === 0 ? "Latest" : `${countText(unread)} new`}
        </span>
      </button>
    </div>
  );
}

/** Confirms the last action if nothing else shows it; below the list, so that it covers no message. */
function Toast() {
  const toast = useActiveRow((state) => state.toast);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 top-full flex justify-center"
    >
      {toast !== undefined && (
        <p className="animate-rise rounded-full bg-ink px-3 py-1.5 text-xs font-semibold whitespace-nowrap text-canvas shadow-high">
          {toast}
        </p>
      )}
    </div>
  );
}

/** The choice of a date, while it is open. */
function DayMenu({ view }: { view: ListViewStore }) {
  const menu = useStore(view, (state) => state.dayMenu);
  if (!menu) return null;
  return (
    <Popup
      beside={menu.beside}
      role="dialog"
      label="Jump to a date"
      onClose={() => view.setState({ dayMenu: undefined })}
    >
      <DayForm at={menu.at} />
    </Popup>
  );
}

function DayForm({ at }: { at: number }) {
  const id = useId();
  const [day, setDay] = useState(() => dayOf(at));
  const [today] = useState(() => dayOf(Date.now()));
  const { jumpToDay } = useRoomActions();
  const showToast = useToast();

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Midnight in the user's time zone.
    const begins = new Date(`${day}T00:00`).getTime();
    if (Number.isNaN(begins)) return;
    closePopup(event.currentTarget);
    void jumpToDay(begins).then(
      (outcome) => outcome !== "found" && showToast(sentences[outcome]),
      () => showToast(sentences.failed),
    );
  };
  return (
    <form onSubmit={submit} className="pointer-events-auto flex items-end gap-2 p-1.5">
      <div className="grow">
        <label htmlFor={id} className="mb-1 block text-xs font-semibold text-ink-soft">
          Jump to a date
        </label>
        <input
          id={id}
          type="date"
          required
          data-first=""
          value={day}
          max={today}
          onChange={({ target }) => setDay(target.value)}
          className="h-11 w-full rounded-md bg-surface px-3 text-base text-ink ring-1 ring-edge ring-inset"
        />
      </div>
      <Button look="primary" type="submit">
        Go
      </Button>
    </form>
  );
}

const sentences = {
  none: "Nothing was said since that day",
  "too-far": "That day is too far back to show here",
  failed: "That day could not be fetched",
} as const;
