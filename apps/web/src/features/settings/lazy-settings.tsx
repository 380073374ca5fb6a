import { pinsOf } from "../../room/settings-slice.ts";
import { useRoom } from "../../room/use-room.ts";
import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched when somebody wants to change the name or the topic. */
export const LazyRoomForm = lazyComponent(
  async () => (await import("./room-form.tsx")).RoomForm,
  () => <p className="text-sm text-caution">The form could not be fetched.</p>,
);

/** Fetched once something was set. */
export const LazySetLine = lazyComponent(
  async () => (await import("./set-line.tsx")).SetLine,
  LineToCome,
  LineToCome,
);

/** Fetched with the former: it is part of it. */
export const LazySetNews = lazyComponent(async () => (await import("./set-line.tsx")).SetNews);

/** As tall as most lines are. */
function LineToCome() {
  return <p className="column pt-3.5 text-sm">&nbsp;</p>;
}

const FetchedPinsBar = lazyComponent(async () => (await import("./pins-bar.tsx")).PinsBar);

/** Fetched once something is pinned. */
export function LazyPinsBar() {
  const isNeeded = useRoom((state) => pinsOf(state).length > 0);
  return isNeeded && <FetchedPinsBar />;
}
