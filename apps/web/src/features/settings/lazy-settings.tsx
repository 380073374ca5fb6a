import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched when somebody wants to change the name or the topic. */
export const LazyRoomForm = lazyComponent(
  async () => (await import("./room-form.tsx")).RoomForm,
  () => <p className="text-sm text-caution">The form could not be fetched.</p>,
);
