import type { ComponentProps } from "react";
import type { Dialog } from "./dialog.tsx";
import { lazyComponent } from "./lazy.tsx";

/** A dialog whose frame is fetched once the room stands: nobody has opened one before. */
export const LazyDialog = lazyComponent<ComponentProps<typeof Dialog>>(
  async () => (await import("./dialog.tsx")).Dialog,
);
