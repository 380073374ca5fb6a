import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched after the room is shown: in the first seconds, it has nothing to say. */
const parts = () => import("./connection-parts.ts");

export const LazyConnectionBanner = lazyComponent<{ onAgain: () => void }>(
  async () => (await parts()).ConnectionBanner,
);
export const LazyOutdatedNotice = lazyComponent(async () => (await parts()).OutdatedNotice);
export const LazyUnkeptNotice = lazyComponent(async () => (await parts()).UnkeptNotice);
export const LazyRefusalNotice = lazyComponent(async () => (await parts()).RefusalNotice);
