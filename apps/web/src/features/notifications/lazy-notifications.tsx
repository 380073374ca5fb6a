import { lazy, Suspense, type ReactNode } from "react";

/** Fetched once the room stands: nothing on the screen waits for it. */
const Notifications = lazy(() => import("./notifications.tsx").catch(() => ({ default: Nothing })));

/** Tells the reader of what they have not seen; see notifications.tsx. */
export function LazyNotifications() {
  return (
    <Suspense fallback={null}>
      <Notifications />
    </Suspense>
  );
}

function Nothing(): ReactNode {
  return null;
}
