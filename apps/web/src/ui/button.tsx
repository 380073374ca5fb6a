import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import { handFocusOn } from "./focus-home.ts";

const looks = {
  primary: "bg-accent text-on-accent shadow-low hover:bg-accent-strong",
  secondary: "bg-surface text-ink ring-1 ring-inset ring-edge hover:bg-hover",
  quiet: "text-ink-soft hover:bg-hover hover:text-ink",
} as const;

const sizes = {
  md: "h-11 px-4 rounded-md text-base",
  sm: "h-8 px-2.5 rounded-sm text-sm touch:h-10",
} as const;

export interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
}

/** A button with words on it. */
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
