import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched once the room stands: for its first seconds, none of it has anything to say. */
const parts = () => import("./connection-parts.ts");

export const LazyConnectionBanner = lazyComponent<{ onAgain: () => void }>(
  async () => (await parts()).ConnectionBanner,
);
export const LazyOutdatedNotice = lazyComponent(async () => (await parts()).OutdatedNotice);
export const LazyRefusalNotice = lazyComponent(async () => (await parts()).RefusalNotice);
