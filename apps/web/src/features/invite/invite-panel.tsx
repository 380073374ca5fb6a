import { IconCheck, IconCopy, IconShare2 } from "@tabler/icons-react";
import { useRoomId } from "../../room/use-room.ts";
import { roomLink } from "../../ui/route.ts";
import { lazyComponent } from "../../ui/lazy.tsx";
import { Button } from "../../ui/button.tsx";
import { canShare, share, useCopy } from "../../ui/sharing.ts";

/** Everything by which others get into the room: the link to read, to scan, to copy and to share. */
export function InvitePanel() {
  const roomId = useRoomId();
  const link = roomLink(roomId);
  const { copied, copy } = useCopy(link);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-center gap-4">
      <RoomQrCode className="aspect-square w-44 max-w-full" />
      <p className="wrap-anywhere max-w-full text-center font-mono text-sm text-ink-soft select-all">
        {link}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button look="primary" onClick={copy}>
          {copied ? (
            <IconCheck aria-hidden="true" size={18} stroke={2} />
          ) : (
            <IconCopy aria-hidden="true" size={18} stroke={1.8} />
          )}
          {copied ? "Copied" : "Copy invitation"}
        </Button>
        {canShare() && (
          <Button onClick={() => share(roomId)}>
            <IconShare2 aria-hidden="true" size={18} stroke={1.8} />
            Share
          </Button>
        )}
      </div>
    </div>
  );
}

/** What draws the code is fetched when it is first needed; without it, the link still does. */
const QrCode = lazyComponent(async () => (await import("./qr-code.tsx")).QrCode, NoQrCode);

/** The room's link as a QR code. */
function RoomQrCode({ className }: { className: string }) {
  const roomId = useRoomId();
  return (
    <div className={className}>
      <QrCode text={roomLink(roomId)} label={`QR code of the link to room ${roomId}`} />
    </div>
  );
}

function NoQrCode() {
  return (
    <p className="grid size-full place-content-center rounded-md bg-sunken p-4 text-center text-sm text-ink-soft">
      The QR code could not be loaded.
    </p>
  );
}
