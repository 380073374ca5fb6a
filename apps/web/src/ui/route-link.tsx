import type { MouseEvent, ReactNode } from "react";
import { navigate } from "wouter/use-browser-location";

/** A link within the app: followed without loading the page anew, unless a new tab is asked for. */
export function RouteLink({
  to,
  className,
  children,
}: {
  to: string;
  className?: string;
  children: ReactNode;
}) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} onClick={follow} {...(className && { className })}>
      {children}
    </a>
  );
}
