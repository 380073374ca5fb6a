import { TOUCH } from "./use-media.ts";

/**
 * A ref for a control that may go away while it has the focus, such as one that dismisses what it
 * stands in. Where nothing else takes the focus then, it goes to where one writes or, as that would
 * bring up a keyboard on a screen, to the messages. Both are marked with `data-focus-home`.
 */
export function handFocusOn(control: HTMLElement | null): (() => void) | undefined {
  if (!control) return undefined;
  return () => {
    if (document.activeElement !== control) return;
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const home = window.matchMedia(TOUCH).matches ? "messages" : "box";
      document.querySelector<HTMLElement>(`[data-focus-home=${home}]`)?.focus();
    });
  };
}
