import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched once the room stands. */
export const LazyEmptyRoom = lazyComponent(
  async () => (await import("./empty-room.tsx")).EmptyRoom,
);

/** Fetched with the former: it is part of it. */
export const LazyAloneLine = lazyComponent(
  async () => (await import("./alone-line.tsx")).AloneLine,
);

/** Fetched with the former: it is part of it. */
export const LazyInvitePanel = lazyComponent(
  async () => (await import("./invite-panel.tsx")).InvitePanel,
  () => <p className="text-sm text-caution">The invitation could not be fetched.</p>,
);
