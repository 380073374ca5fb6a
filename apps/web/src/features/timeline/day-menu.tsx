import { type SubmitEvent, useId, useState } from "react";
import { useStore } from "zustand";
import { dayOf } from "../../room/day.ts";
import { useRoomActions } from "../../room/use-room.ts";
import { Button } from "../../ui/button.tsx";
import { closePopup, Popup } from "../../ui/popup.tsx";
import { useToast } from "../messages/use-toast.ts";
import type { ListViewStore } from "./list-view.ts";

/** The choice of a date, while it is open. */
export function DayMenu({ view }: { view: ListViewStore }) {
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
