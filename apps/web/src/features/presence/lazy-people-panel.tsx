import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched once the room stands. */
export const LazyPeoplePanel = lazyComponent(
  async () => (await import("./people-panel.tsx")).PeoplePanel,
);
