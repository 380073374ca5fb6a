import { TOUCH } from "./use-media.ts";

/**
 * Gives the focus, if no element has it in the next frame, to the message input or, as that would
 * open an on-screen keyboard, to the messages. Both are marked with `data-focus-home`.
 * @param place the room or the private conversation that they are in
 */
export function focusHome(place: ParentNode | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const home = window.matchMedia(TOUCH).matches ? "messages" : "box";
    place?.querySelector<HTMLElement>(`[data-focus-home=${home}]`)?.focus();
  });
}
