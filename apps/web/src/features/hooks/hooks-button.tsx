import { IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { LazyDialog, lazyComponent } from "../../ui/lazy.tsx";

/** Opens the hooks and webhooks of the room. */
export function HooksButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" size="sm" onClick={() => setOpen(true)}>
        <IconWebhook aria-hidden="true" size={18} stroke={1.8} />
        Hooks
      </Button>
      <LazyDialog open={open} onClose={() => setOpen(false)} title="Hooks" shape="wide">
        <LazyHooksPanel />
      </LazyDialog>
    </>
  );
}

/** Fetched when somebody wants to see the hooks of the room. */
export const LazyHooksPanel = lazyComponent(
  async () => (await import("./hooks-panel.tsx")).HooksPanel,
  () => <p className="text-sm text-caution">The hooks could not be fetched.</p>,
);
