import { lazyComponent } from "../ui/lazy.tsx";

/** Fetched after the screen is shown. Without it, the app works online. */
const UpdateNotice = lazyComponent(async () => (await import("./update-notice.tsx")).UpdateNotice);
/** In development every file is current; outside HTTPS and localhost, browsers have no workers. */
const CAN_KEEP = import.meta.env.PROD && "serviceWorker" in navigator;

/** Lets the app open without a network, and shows when a newer version exists. */
export function OfflineApp() {
  return CAN_KEEP ? <UpdateNotice /> : null;
}
