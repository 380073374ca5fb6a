/** What is said of the connection and of pending entries: one file to fetch. */
export { ConnectionBanner } from "./connection-banner.tsx";
export { Delivery, PendingEditState } from "./delivery.tsx";
export { Notices, RefusalNotice } from "./notices.tsx";
