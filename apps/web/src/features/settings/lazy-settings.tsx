import { pinsOf } from "../../room/settings-slice.ts";
import { useRoom } from "../../room/use-room.ts";
import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched when somebody wants to change the name or the topic. */
export const LazyRoomForm = lazyComponent(
  async () => (await import("./room-form.tsx")).RoomForm,
  () => <p className="text-sm text-caution">The form could not be fetched.</p>,
);

const FetchedPinsBar = lazyComponent(async () => (await import("./pins-bar.tsx")).PinsBar);

/** Fetched once something is pinned. */
export function LazyPinsBar() {
  const isNeeded = useRoom((state) => pinsOf(state).length > 0);
  return isNeeded && <FetchedPinsBar />;
}
