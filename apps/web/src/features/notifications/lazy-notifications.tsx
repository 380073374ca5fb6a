import { classNames } from "../../ui/class-names.ts";
import { lazyComponent, onceShown } from "../../ui/lazy.tsx";

/** Fetched after the room is shown, because nothing on the screen waits for it. */
export const LazyNotifications = lazyComponent(
  onceShown(async () => (await import("./notifications.tsx")).Notifications),
);

/** Fetched when the settings are opened. */
export const LazySettingsForm = lazyComponent(
  async () => (await import("./settings-form.tsx")).SettingsForm,
  () => <p className="text-sm text-caution">The choices could not be fetched.</p>,
);

interface BellProps {
  readonly className: string;
}

/** Fetched after the room is shown: its icon depends on settings that the log does not need. */
export const LazyBellButton = lazyComponent<BellProps>(
  onceShown(async () => (await import("./bell-button.tsx")).BellButton),
  BellToCome,
  BellToCome,
);

/** Reserves its place, so that nothing moves. */
function BellToCome({ className }: BellProps) {
  return <span className={classNames("size-10 shrink-0 touch:size-11", className)} />;
}
