import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { focusHome } from "./focus-home.ts";

const looks = {
  primary: "bg-accent text-on-accent shadow-low hover:bg-accent-strong",
  secondary: "bg-surface text-ink ring-1 ring-inset ring-edge hover:bg-hover",
  quiet: "text-ink-soft hover:bg-hover hover:text-ink",
} as const;

const sizes = {
  md: "h-11 px-4 rounded-md text-base",
  sm: "h-8 px-2.5 rounded-sm text-sm touch:h-11",
} as const;

interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
}

/** A button with text. */
export function Button({ look = "secondary", size = "md", className, ...rest }: ButtonProps) {
  return (
    <button
      ref={handFocusOn}
      type="button"
      className={classNames(
        "inline-flex select-none items-center justify-center gap-2 font-semibold",
        "transition-colors active:translate-y-px",
        looks[look],
        sizes[size],
        className,
      )}
      {...rest}
    />
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "type"> {
  /** The accessible name, also shown as a tooltip. */
  label: string;
  /** The tooltip, if it differs from the name. */
  tip?: string;
  children: ReactNode;
}

/** A button with only an icon. */
export function IconButton({ label, tip, className, ...rest }: IconButtonProps) {
  return (
    <button
      ref={handFocusOn}
      type="button"
      aria-label={label}
      data-tip={tip ?? label}
      className={classNames(
        "tip grid size-10 touch:size-11 shrink-0 place-items-center rounded-md text-ink-soft",
        "transition-colors hover:bg-hover hover:text-ink",
        className,
      )}
      {...rest}
    />
  );
}

/**
 * A ref for a control that may be removed while it has the focus, such as a dismiss button. If no
 * other element takes the focus then, it moves to its home.
 */
function handFocusOn(control: HTMLElement | null): (() => void) | undefined {
  if (!control) return undefined;
  const place = control.closest("[data-private]") ?? document;
  return () => {
    if (document.activeElement === control) focusHome(place);
  };
}
