import { IconChevronLeft, IconChevronRight, IconX } from "@tabler/icons-react";
import type { FileInfo } from "@parley/protocol";
import {
  type KeyboardEvent,
  useEffect,
  useRef,
  useState,
  type RefObject,
  useEffectEvent,
} from "react";
import { megabytes } from "../../room/files/file-words.ts";
import { kindOf } from "../../room/files/kinds.ts";
import { useRoom, useRoomNow } from "../../room/use-room.ts";
import type { RoomState } from "../../room/store.ts";
import { ModalPage, useBackCloses } from "../../ui/modal-page.tsx";
import { IconButton } from "../../ui/button.tsx";
import { DownloadLink } from "./file-card.tsx";
import { FileName } from "./file-name.tsx";
import { isTooLarge, useFileUrl } from "./use-file.ts";

/** The pictures of the room, one at a time, as large as the page. */
export function Lightbox({ first }: { first: string }) {
  const setPicture = useRoom((state) => state.setPicture);
  const roomNow = useRoomNow();
  const [pictures] = useState(() => picturesOf(roomNow()));
  const [place, setPlace] = useState(() =>
    Math.max(
      0,
      pictures.findIndex(({ id }) => id === first),
    ),
  );
  const close = () => setPicture(undefined);
  useBackCloses("isPicture", close);
  const go = (by: number) => setPlace((at) => Math.min(pictures.length - 1, Math.max(0, at + by)));
  const keyPressed = (event: KeyboardEvent) => {
    const isMirrored = getComputedStyle(event.currentTarget).direction === "rtl";
    if (event.key === "ArrowLeft") go(isMirrored ? 1 : -1);
    if (event.key === "ArrowRight") go(isMirrored ? -1 : 1);
    // The room's own shortcuts rest.
    event.stopPropagation();
  };
  const shown = pictures[place];
  const isPending = useRoom(({ outgoing }) =>
    pendingFiles(outgoing).some(({ id }) => id === shown?.id),
  );
  return (
    <ModalPage
      aria-label={shown ? `Picture ${shown.name}` : "Picture"}
      onClose={close}
      onKeyDown={keyPressed}
      className="lightbox bg-black text-white"
    >
      {shown && (
        <>
          <header className="flex shrink-0 flex-wrap items-center justify-end gap-2 px-device py-1.5 ps-4 pe-2">
            <p className="flex min-w-0 grow basis-32 gap-2 text-sm">
              <FileName name={shown.name} />
              <bdi className="shrink-0 opacity-75">{megabytes(shown.size)}</bdi>
            </p>
            {pictures.length > 1 && (
              <p dir="auto" className="shrink-0 text-sm tabular-nums opacity-75">
                {place + 1} of {pictures.length}
              </p>
            )}
            {!isPending && <DownloadLink file={shown} tabIndex={0} />}
            <IconButton label="Close" onClick={close}>
              <IconX aria-hidden="true" size={20} stroke={1.8} />
            </IconButton>
          </header>
          <Canvas key={shown.id} file={shown} isPending={isPending} onSwipe={go} />
          {place > 0 && <Step label="Previous picture" side="start-2" onClick={() => go(-1)} />}
          {place < pictures.length - 1 && (
            <Step label="Next picture" side="end-2" onClick={() => go(1)} />
          )}
        </>
      )}
    </ModalPage>
  );
}

function Step({ label, side, onClick }: { label: string; side: string; onClick: () => void }) {
  const Icon = label === "Next picture" ? IconChevronRight : IconChevronLeft;
  return (
    <IconButton
      label={label}
      className={`absolute! top-1/2 ${side} -translate-y-1/2 rounded-full! bg-black/60`}
      onClick={onClick}
    >
      <Icon aria-hidden="true" size={20} stroke={1.8} className="rtl:-scale-x-100" />
    </IconButton>
  );
}

/** One picture, which wheel, double click, keys and two fingers enlarge. */
function Canvas({
  file,
  isPending,
  onSwipe,
}: {
  file: FileInfo;
  isPending: boolean;
  onSwipe: (by: number) => void;
}) {
  const url = useFileUrl(file, isPending);
  const place = useRef<HTMLDivElement>(null);
  const [isBroken, setIsBroken] = useState(false);
  const zoom = useZoom(place, onSwipe);
  return (
    <div
      ref={place}
      className="grid min-h-0 grow touch-none place-items-center overflow-clip p-2 select-none"
    >
      {isBroken ? (
        <p className="text-sm">This picture cannot be shown.</p>
      ) : (
        <img
          src={url}
          alt={file.name}
          draggable={false}
          onLoad={({ currentTarget }) => isTooLarge(currentTarget) && setIsBroken(true)}
          onError={() => setIsBroken(true)}
          style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
          className="max-h-full min-h-0 max-w-full object-contain"
        />
      )}
    </div>
  );
}

function picturesOf({ messages, outgoing }: RoomState): readonly FileInfo[] {
  const sent = messages.flatMap(({ body }) => (body.is === "said" ? (body.files ?? []) : []));
  return [...sent, ...pendingFiles(outgoing)].filter((file) => kindOf(file) === "picture");
}

/** The files of the messages that are not stored yet. */
function pendingFiles(outgoing: RoomState["outgoing"]): readonly FileInfo[] {
  return outgoing.flatMap(({ frame }) =>
    frame.type === "chat" ? (frame.payload.files ?? []) : [],
  );
}

/** How a picture is enlarged and moved, in px. */
interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
const SCALE_MAX = 8;
const STEP = 1.5;
/** A finger that moves a whole picture sideways by this much shows the next one, in px. */
const SWIPE_PX = 60;

/** Enlarges what is in a place: wheel, double click, `+` `-` `0`, two fingers; moves it by dragging. */
function useZoom(place: RefObject<HTMLElement | null>, onSwipe: (by: number) => void): Zoom {
  const [zoom, setZoom] = useState(WHOLE);
  const change = useEffectEvent((factor: number, by?: { x: number; y: number }) =>
    setZoom((now) => zoomed(now, factor, by)),
  );
  const isWhole = useEffectEvent(() => zoom.scale === 1);
  const swiped = useEffectEvent(onSwipe);

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const ended = new AbortController();
    const { signal } = ended;
    const fingers = new Map<number, { x: number; y: number }>();
    let swipe = 0;

    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      change(event.deltaY < 0 ? STEP : 1 / STEP);
    };
    const keyPressed = ({ key }: globalThis.KeyboardEvent) => {
      if (key === "+" || key === "=") change(STEP);
      if (key === "-") change(1 / STEP);
      if (key === "0") setZoom(WHOLE);
    };
    const down = (event: PointerEvent) => {
      element.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      swipe = 0;
    };
    const move = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const by = { x: now.x - before.x, y: now.y - before.y };
      const other = [...fingers].find(([id]) => id !== event.pointerId);
      fingers.set(event.pointerId, now);
      if (other) {
        const [, still] = other;
        const distance = (from: { x: number; y: number }) =>
          Math.max(1, Math.hypot(from.x - still.x, from.y - still.y));
        change(distance(now) / distance(before));
      } else if (isWhole()) swipe += by.x;
      else change(1, by);
    };
    const up = ({ pointerId, type }: PointerEvent) => {
      fingers.delete(pointerId);
      if (type === "pointerup" && Math.abs(swipe) > SWIPE_PX) swiped(swipe < 0 ? 1 : -1);
      swipe = 0;
    };
    element.addEventListener("wheel", wheel, { signal, passive: false });
    element.addEventListener(
      "dblclick",
      () => setZoom((now) => (now.scale > 1 ? WHOLE : zoomed(now, 2.5))),
      { signal },
    );
    element.addEventListener("pointerdown", down, { signal });
    element.addEventListener("pointermove", move, { signal });
    element.addEventListener("pointerup", up, { signal });
    element.addEventListener("pointercancel", up, { signal });
    window.addEventListener("keydown", keyPressed, { signal, capture: true });
    return () => ended.abort();
  }, [place]);
  return zoom;
}

function zoomed({ scale, x, y }: Zoom, factor: number, by = { x: 0, y: 0 }): Zoom {
  const next = Math.min(SCALE_MAX, Math.max(1, scale * factor));
  if (next === 1) return WHOLE;
  const grown = next / scale;
  return { scale: next, x: x * grown + by.x, y: y * grown + by.y };
}
