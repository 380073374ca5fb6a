import type { MouseEvent, ReactNode } from "react";
import { navigate } from "./location.ts";

/** A link within the app: followed without loading the page anew, unless a new tab is asked for. */
export function RouteLink({
  to,
  label,
  current = false,
  className,
  children,
}: {
  to: string;
  /** The accessible name, where it is not what stands in the link. */
  label?: string;
  /** It leads to where one is. */
  current?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a
      href={to}
      aria-label={label}
      aria-current={current ? "page" : undefined}
      onClick={follow}
      {...(className && { className })}
    >
      {children}
    </a>
  );
}
