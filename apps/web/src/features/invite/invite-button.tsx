import { useState } from "react";
import { IconUserPlus } from "@tabler/icons-react";
import { Button } from "../../ui/button.tsx";
import { LazyDialog } from "../../ui/lazy-dialog.tsx";
import { LazyInvitePanel } from "./lazy-invite.tsx";

/** Opens the invite panel. */
export function InviteButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="primary"
        size="sm"
        className="mx-1 touch:min-w-11"
        onClick={() => setOpen(true)}
      >
        <IconUserPlus aria-hidden="true" size={18} stroke={1.8} />
        {/* On a phone, the room's title needs the place that private messages take. */}
        <span className="max-[26rem]:in-[nav:has([data-conversations])]:sr-only">Invite</span>
      </Button>
      <LazyDialog open={open} onClose={() => setOpen(false)} title="Invite people">
        <LazyInvitePanel />
      </LazyDialog>
    </>
  );
}
