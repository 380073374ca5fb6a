import { useState } from "react";
import { textSetting } from "../../room/settings-slice.ts";
import { useRoom, useRoomId } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";
import { Flag, flagOf } from "../../ui/flag.tsx";
import { useCopy } from "../../ui/copy.ts";
import type { Box } from "../../ui/popup.tsx";
import { LazyRoomForm, LazyTopicPopup } from "./lazy-settings.tsx";
import { IconPencil } from "@tabler/icons-react";
import { IconButton } from "../../ui/button.tsx";
import { LazyDialog } from "../../ui/lazy.tsx";

/** The room's flag, its name if it has one, and its code; a click copies the code. */
export function RoomTitle() {
  const roomId = useRoomId();
  const name = useRoom((state) => textSetting(state, "name"));
  const { copied, copy } = useCopy(roomId);
  return (
    <>
      <h1 className="sr-only">Room {name === undefined ? roomId : <bdi>{name}</bdi>}</h1>
      <button
        type="button"
        data-tip={copied ? "Copied" : "Copy the code"}
        onClick={copy}
        className="tip tip-start flex min-w-0 items-center gap-2.5 rounded-md py-1 pe-2 ps-1 text-start max-[22rem]:gap-1 max-sm:pe-0 touch:min-h-11 transition-colors hover:bg-hover"
      >
        <Flag design={flagOf(roomId)} className="size-8 shrink-0" />
        <span className="min-w-0 leading-tight">
          {name !== undefined && (
            <bdi className="block truncate font-semibold max-sm:text-sm">{name}</bdi>
          )}
          <span
            className={classNames(
              "font-mono",
              name === undefined
                ? "line-clamp-2 font-semibold wrap-anywhere max-sm:text-sm"
                : "block truncate text-xs text-ink-soft",
            )}
          >
            <span className="sr-only">Copy room code </span>
            {roomId}
          </span>
        </span>
      </button>
      <span aria-live="polite" className="sr-only">
        {copied && "The code is copied."}
      </span>
    </>
  );
}

/** The room's topic, cut to one line: beside its name or, on narrow screens, below it. */
export function RoomTopic() {
  const topic = useRoom((state) => textSetting(state, "topic"));
  return topic !== undefined && <TopicLine topic={topic} />;
}

function TopicLine({ topic }: { topic: string }) {
  const [beside, setBeside] = useState<Box>();
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={beside !== undefined}
        title={topic}
        onClick={({ currentTarget }) => setBeside(currentTarget.getBoundingClientRect())}
        className="min-w-0 truncate rounded-md text-start text-sm text-ink-soft hover:bg-hover hover:text-ink touch:min-h-11 max-lg:order-last max-lg:basis-full max-lg:px-1.5 max-lg:pb-0.5 lg:grow lg:basis-0 lg:px-1.5 lg:py-1"
      >
        <span className="sr-only">Topic: </span>
        <bdi>{topic}</bdi>
      </button>
      {beside && (
        <LazyTopicPopup topic={topic} beside={beside} onClose={() => setBeside(undefined)} />
      )}
    </>
  );
}

/** Opens the form for the room's name and topic. */
export function EditRoomButton() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <IconButton
        label="Edit name and topic"
        className="size-8! touch:size-11!"
        onClick={() => setOpen(true)}
      >
        <IconPencil aria-hidden="true" size={18} stroke={1.8} />
      </IconButton>
      <LazyDialog open={open} onClose={close} title="Name and topic">
        <LazyRoomForm onDone={close} />
      </LazyDialog>
    </>
  );
}
