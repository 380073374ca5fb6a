import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched once the room stands: nothing on the screen waits for it. */
export const LazyNotifications = lazyComponent(
  async () => (await import("./notifications.tsx")).Notifications,
);

/** Fetched when somebody wants to choose. */
export const LazySettingsForm = lazyComponent(
  async () => (await import("./settings-form.tsx")).SettingsForm,
  () => <p className="text-sm text-caution">The choices could not be fetched.</p>,
);
