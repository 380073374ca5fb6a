import { useState } from "react";
import { IconCheck, IconLink, IconQrcode, IconShare2 } from "@tabler/icons-react";
import { useRoomId } from "../../room/use-room.ts";
import { roomLink } from "../../ui/route.ts";
import { IconButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { canShare, share, useCopy } from "../../ui/sharing.ts";
import { LazyInvitePanel } from "./lazy-invite.tsx";

/** Copies the room's link. */
export function CopyLinkButton() {
  const { copied, copy } = useCopy(roomLink(useRoomId()));
  return (
    <>
      <IconButton label="Copy link" tip={copied ? "Copied" : "Copy link"} onClick={copy}>
        {copied ? (
          <IconCheck aria-hidden="true" size={20} stroke={2} className="text-good" />
        ) : (
          <IconLink aria-hidden="true" size={20} stroke={1.8} />
        )}
      </IconButton>
      <span aria-live="polite" className="sr-only">
        {copied && "The link is copied."}
      </span>
    </>
  );
}

/** Hands the room's link to another app; there only where the device can. */
export function ShareButton() {
  const roomId = useRoomId();
  if (!canShare()) return null;
  return (
    <IconButton label="Share" onClick={() => share(roomId)}>
      <IconShare2 aria-hidden="true" size={20} stroke={1.8} />
    </IconButton>
  );
}

/** Opens the invitation: the link as a QR code, to copy and to share. */
export function QrButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label="QR code" onClick={() => setOpen(true)}>
        <IconQrcode aria-hidden="true" size={20} stroke={1.8} />
      </IconButton>
      <Dialog open={open} onClose={() => setOpen(false)} title="Invite people">
        <LazyInvitePanel />
      </Dialog>
    </>
  );
}
