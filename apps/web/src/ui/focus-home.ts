import { TOUCH } from "./use-media.ts";

/**
 * Gives the focus, if no element has it in the next frame, to the message input or, as that would
 * open an on-screen keyboard, to the messages. Both are marked with `data-focus-home`. An open modal
 * dialog without them takes the focus itself.
 * @param place the room or the private conversation that they are in
 */
export function focusHome(place: ParentNode | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    // What is behind a modal dialog cannot have the focus.
    const modal = [...document.querySelectorAll<HTMLElement>("dialog:modal")].at(-1);
    const home = window.matchMedia(TOUCH).matches ? "messages" : "box";
    const found = (modal ?? place)?.querySelector<HTMLElement>(`[data-focus-home=${home}]`);
    (found ?? modal)?.focus();
  });
}
