/** The banner and the refusals, above and below the messages: one file to fetch. */
export { ConnectionBanner } from "./connection-banner.tsx";
export { OutdatedNotice, RefusalNotice, UnkeptNotice } from "./notices.tsx";
