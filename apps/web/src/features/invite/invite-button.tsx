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
      <Button look="primary" size="sm" className="mx-1" onClick={() => setOpen(true)}>
        <IconUserPlus aria-hidden="true" size={18} stroke={1.8} />
        Invite
      </Button>
      <LazyDialog open={open} onClose={() => setOpen(false)} title="Invite people">
        <LazyInvitePanel />
      </LazyDialog>
    </>
  );
}
