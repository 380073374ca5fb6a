import { IconShare2 } from "@tabler/icons-react";
import { useRoomId } from "../../room/room-context.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { canShare, share } from "./share.ts";

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
