import { useLayoutEffect, type RefObject } from "react";

/** Where the browser grows a field with its text by itself, the style sheet asks for it. */
const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

/** Keeps a text box as tall as its text; the style sheet sets the limit. */
export function useAutogrow(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (GROWS_BY_ITSELF || !element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [box, text]);
}
