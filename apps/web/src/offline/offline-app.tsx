import { lazyComponent } from "../ui/lazy.tsx";

/** Fetched once the screen stands: nothing on it waits for this. Without it, the app works online. */
const UpdateNotice = lazyComponent(async () => (await import("./update-notice.tsx")).UpdateNotice);
/** While developing, every file is fresh; outside of HTTPS and localhost, browsers have no workers. */
const CAN_KEEP = import.meta.env.PROD && "serviceWorker" in navigator;

/** Lets the app open without a network, and says when there is a newer version of it. */
export function OfflineApp() {
  return CAN_KEEP ? <UpdateNotice /> : null;
}
