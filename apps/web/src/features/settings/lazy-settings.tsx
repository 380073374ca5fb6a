import { pinsOf } from "../../room/settings-slice.ts";
import { useRoom } from "../../room/use-room.ts";
import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched when the form is opened. */
export const LazyRoomForm = lazyComponent(
  async () => (await import("./room-form.tsx")).RoomForm,
  () => <p className="text-sm text-caution">The form could not be fetched.</p>,
);

/** Fetched when the topic is opened. */
export const LazyTopicPopup = lazyComponent(
  async () => (await import("./topic-popup.tsx")).TopicPopup,
);

/** Fetched once a setting was set. */
export const LazySetLine = lazyComponent(
  async () => (await import("./set-line.tsx")).SetLine,
  LineToCome,
  LineToCome,
);

/** Fetched with `LazySetLine`: it is in the same file. */
export const LazySetNews = lazyComponent(async () => (await import("./set-line.tsx")).SetNews);

/** As tall as most lines. */
export function LineToCome() {
  return <p className="column pt-3.5 text-sm">&nbsp;</p>;
}

const FetchedPinsBar = lazyComponent(async () => (await import("./pins-bar.tsx")).PinsBar);

/** Fetched once something is pinned. */
export function LazyPinsBar() {
  const isNeeded = useRoom((state) => pinsOf(state).length > 0);
  return isNeeded && <FetchedPinsBar />;
}
