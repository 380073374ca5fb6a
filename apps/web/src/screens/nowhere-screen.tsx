import { useEffect } from "react";
import { Mark } from "../ui/brand.tsx";
import { RouteLink } from "../ui/route-link.tsx";

/** Stands at an address where nothing is. */
export function NowhereScreen() {
  useEffect(() => {
    document.title = "Nothing here · Parley";
  }, []);
  return (
    <main className="mx-auto grid min-h-dvh max-w-sm place-content-center justify-items-center gap-4 p-6 text-center">
      <Mark className="size-12" />
      <h1 className="text-xl font-bold tracking-tight">There is nothing at this address.</h1>
      <p className="text-ink-soft">A link to a room ends in /r/ and the room’s code.</p>
      <RouteLink
        to="/"
        className="inline-flex h-11 items-center rounded-md bg-accent px-4 font-semibold text-on-accent shadow-low hover:bg-accent-strong"
      >
        Go to the start page
      </RouteLink>
    </main>
  );
}
