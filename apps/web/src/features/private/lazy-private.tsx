import { lazyComponent, onceShown } from "../../ui/lazy.tsx";

/** Fetched after the room is shown. */
export const LazyPrivatePanel = lazyComponent<{ onAgain: () => void }>(
  onceShown(async () => (await import("./private-panel.tsx")).PrivatePanel),
);
export const LazyConversationsButton = lazyComponent(
  onceShown(async () => (await import("./conversations-button.tsx")).ConversationsButton),
);
