import { IconChevronDown, IconPin, IconPinnedOff } from "@tabler/icons-react";
import { useId, useMemo, useState } from "react";
import { indexOfSeq } from "../../room/revise.ts";
import { pinning, pinsOf } from "../../room/settings-slice.ts";
import { useRoom, useRoomActions } from "../../room/use-room.ts";
import { IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { firstLine } from "../formatting/one-line.ts";

/** The latest pinned message; expands to all of them. */
export function PinsBar() {
  const settings = useRoom((state) => state.settings);
  const outgoing = useRoom((state) => state.outgoing);
  const pins = useMemo(() => pinsOf({ settings, outgoing }), [settings, outgoing]);
  const [open, setOpen] = useState(false);
  const listId = useId();
  if (pins.length === 0) return null;
  return (
    <section
      aria-label="Pinned messages"
      className="border-b border-line bg-surface text-sm print:hidden"
    >
      <div className="mx-auto flex w-full max-w-3xl items-start gap-1 px-4 py-0.5 sm:px-7">
        <ul id={listId} className="max-h-[40dvh] min-w-0 grow overflow-y-auto">
          {(open ? pins : pins.slice(0, 1)).map((seq) => (
            <Pin key={seq} seq={seq} />
          ))}
        </ul>
        {pins.length > 1 && (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={listId}
            aria-label={`All ${pins.length} pinned messages`}
            onClick={() => setOpen(!open)}
            className="flex h-10 touch:h-11 shrink-0 items-center gap-1 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink"
          >
            {pins.length}
            <IconChevronDown
              aria-hidden="true"
              size={16}
              stroke={1.8}
              className={classNames(open && "rotate-180")}
            />
          </button>
        )}
      </div>
    </section>
  );
}

function Pin({ seq }: { seq: number }) {
  const { jumpTo, write } = useRoomActions();
  const message = useRoom(({ messages }) => messages[indexOfSeq(messages, seq) ?? -1]);
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        onClick={() => jumpTo(seq)}
        className="flex h-10 touch:h-11 min-w-0 grow items-center gap-2 rounded-md text-start hover:bg-hover"
      >
        <IconPin aria-hidden="true" size={16} stroke={1.8} className="shrink-0 text-ink-faint" />
        <span className="sr-only">Go to the pinned message </span>
        <span className="min-w-0 truncate">
          {message?.body.is === "said" ? (
            <>
              <bdi className="font-semibold">{message.from.name}</bdi>{" "}
              <bdi>{firstLine(message.body.text)}</bdi>
            </>
          ) : (
            <i>An earlier message</i>
          )}
        </span>
      </button>
      <IconButton label="Unpin" onClick={() => write(pinning(seq, false))}>
        <IconPinnedOff aria-hidden="true" size={16} stroke={1.8} />
      </IconButton>
    </li>
  );
}
