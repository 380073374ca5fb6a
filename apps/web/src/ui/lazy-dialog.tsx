import type { ComponentProps } from "react";
import type { Dialog } from "./dialog.tsx";
import { lazyComponent } from "./lazy.tsx";

/** A dialog whose code is fetched after the room is shown, because nobody opens one before. */
export const LazyDialog = lazyComponent<ComponentProps<typeof Dialog>>(
  async () => (await import("./dialog.tsx")).Dialog,
);
