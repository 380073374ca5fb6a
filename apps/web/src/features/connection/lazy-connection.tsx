import type { PendingMessage } from "@parley/client";
import { lazyComponent, onceShown } from "../../ui/lazy.tsx";
import type { DeliveryProps } from "./delivery.tsx";

/** Fetched after the room is shown: in the first seconds, it has nothing to say. */
const parts = onceShown(() => import("./connection-parts.ts"));

export const LazyConnectionBanner = lazyComponent<{ onAgain: () => void }>(
  async () => (await parts()).ConnectionBanner,
);
export const LazyRefusalNotice = lazyComponent(async () => (await parts()).RefusalNotice);
export const LazyNotices = lazyComponent(async () => (await parts()).Notices);

/** An entry is pending only once something was written. */
export const LazyDelivery = lazyComponent<DeliveryProps>(async () => (await parts()).Delivery);
export const LazyPendingEditState = lazyComponent<{ edit: PendingMessage }>(
  async () => (await parts()).PendingEditState,
);
