import { IconCheck, IconCopy, IconShare2 } from "@tabler/icons-react";
import { useRoomId } from "../../room/room-context.ts";
import { Button } from "../../ui/button.tsx";
import { RoomQrCode } from "./room-qr-code.tsx";
import { roomLink } from "../../route.ts";
import { canShare, share } from "./share.ts";
import { useCopy } from "../../ui/use-copy.ts";

/** Everything by which others get into the room: the link to read, to scan, to copy and to share. */
export function InvitePanel() {
  const roomId = useRoomId();
  const link = roomLink(roomId);
  const { copied, copy } = useCopy(link);
  return (
    <div className="grid justify-items-center gap-4">
      <RoomQrCode className="aspect-square w-44" />
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
