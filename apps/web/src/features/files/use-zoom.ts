import { type RefObject, useEffect, useEffectEvent, useState } from "react";

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
export function useZoom(place: RefObject<HTMLElement | null>, onSwipe: (by: number) => void): Zoom {
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
    const keyPressed = ({ key }: KeyboardEvent) => {
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
