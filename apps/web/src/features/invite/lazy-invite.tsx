import { lazyComponent, onceShown } from "../../ui/lazy.tsx";

/** Fetched after the room is shown. */
export const LazyEmptyRoom = lazyComponent(
  onceShown(async () => (await import("./invite-panel.tsx")).EmptyRoom),
);

/** Fetched with `LazyEmptyRoom`: it is in the same file. */
export const LazyAloneLine = lazyComponent(
  onceShown(async () => (await import("./invite-panel.tsx")).AloneLine),
);

/** Fetched with `LazyEmptyRoom`: it is in the same file. */
export const LazyInvitePanel = lazyComponent(
  onceShown(async () => (await import("./invite-panel.tsx")).InvitePanel),
  () => <p className="text-sm text-caution">The invitation could not be fetched.</p>,
);
