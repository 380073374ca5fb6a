import type { MouseEvent, ReactNode } from "react";
import { navigate } from "./route.ts";

/** A link inside the app: followed without reloading the page, unless a new tab is asked for. */
export function RouteLink({
  to,
  label,
  current = false,
  className,
  children,
}: {
  to: string;
  /** The accessible name, if it differs from the link's text. */
  label?: string;
  /** It leads to the present page. */
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
