import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { handFocusOn } from "./focus-home.ts";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "type"> {
  /** The accessible name, shown as a tip as well. */
  label: string;
  /** The tip, where it should say something else than the name. */
  tip?: string;
  children: ReactNode;
}

/** A button with nothing but an icon on it. */
export function IconButton({ label, tip, className, ...rest }: IconButtonProps) {
  return (
    <button
      ref={handFocusOn}
      type="button"
      aria-label={label}
      data-tip={tip ?? label}
      className={classNames(
        "tip grid size-10 shrink-0 place-items-center rounded-md text-ink-soft",
        "transition-colors hover:bg-hover hover:text-ink",
        className,
      )}
      {...rest}
    />
  );
}
