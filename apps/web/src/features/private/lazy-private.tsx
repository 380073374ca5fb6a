import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched after the room is shown. */
export const LazyPrivatePanel = lazyComponent(
  async () => (await import("./private-panel.tsx")).PrivatePanel,
);
export const LazyConversationsButton = lazyComponent(
  async () => (await import("./conversations-button.tsx")).ConversationsButton,
);
