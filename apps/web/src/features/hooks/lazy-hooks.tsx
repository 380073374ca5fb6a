import { lazyComponent } from "../../ui/lazy.tsx";

/** Fetched when somebody wants to see the hooks of the room. */
export const LazyHooksPanel = lazyComponent(
  async () => (await import("./hooks-panel.tsx")).HooksPanel,
  () => <p className="text-sm text-caution">The hooks could not be fetched.</p>,
);
