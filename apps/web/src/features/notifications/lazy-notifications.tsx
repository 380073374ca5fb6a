import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched after the room is shown, because nothing on the screen waits for it. */
export const LazyNotifications = lazyComponent(
  async () => (await import("./notifications.tsx")).Notifications,
);

/** Fetched when the settings are opened. */
export const LazySettingsForm = lazyComponent(
  async () => (await import("./settings-form.tsx")).SettingsForm,
  () => <p className="text-sm text-caution">The choices could not be fetched.</p>,
);
