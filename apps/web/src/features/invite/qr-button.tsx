import { IconQrcode } from "@tabler/icons-react";
import { useState } from "react";
import { Dialog } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { InvitePanel } from "./invite-panel.tsx";

/** Opens the invitation: the link as a QR code, to copy and to share. */
export function QrButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label="QR code" onClick={() => setOpen(true)}>
        <IconQrcode aria-hidden="true" size={20} stroke={1.8} />
      </IconButton>
      <Dialog open={open} onClose={() => setOpen(false)} title="Invite people">
        <InvitePanel />
      </Dialog>
    </>
  );
}
