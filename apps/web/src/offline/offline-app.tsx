import { lazy, Suspense, type ReactNode } from "react";

/** Fetched once the screen stands: nothing on it waits for this. Without it, the app works online. */
const UpdateNotice = lazy(() => import("./update-notice.tsx").catch(() => ({ default: Nothing })));
/** While developing, every file is fresh; outside of HTTPS and localhost, browsers have no workers. */
const CAN_KEEP = import.meta.env.PROD && "serviceWorker" in navigator;

/** Lets the app open without a network, and says when there is a newer version of it. */
export function OfflineApp() {
  return CAN_KEEP ? (
    <Suspense fallback={null}>
      <UpdateNotice />
    </Suspense>
  ) : null;
}

function Nothing(): ReactNode {
  return null;
}
