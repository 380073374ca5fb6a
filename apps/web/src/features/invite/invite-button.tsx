import { useState } from "react";
import { IconUserPlus } from "@tabler/icons-react";
import { Button } from "../../ui/button.tsx";
import { LazyDialog } from "../../ui/lazy.tsx";
import { LazyInvitePanel } from "./lazy-invite.tsx";

/** Opens the invite panel. */
export function InviteButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="primary"
        size="sm"
        // What a finger reaches is larger than the button.
        className="relative mx-1 before:absolute before:-inset-1 touch:h-9! touch:min-w-9"
        onClick={() => setOpen(true)}
      >
        <IconUserPlus aria-hidden="true" size={18} stroke={1.8} />
        {/* On a phone, the room's title needs the place. */}
        <span className="max-[28rem]:sr-only">Invite</span>
      </Button>
      <LazyDialog open={open} onClose={() => setOpen(false)} title="Invite people">
        <LazyInvitePanel />
      </LazyDialog>
    </>
  );
}
