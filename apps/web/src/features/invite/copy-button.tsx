import { IconCheck, IconLink } from "@tabler/icons-react";
import { useRoomId } from "../../room/room-context.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { roomLink } from "../../route.ts";
import { useCopy } from "../../ui/use-copy.ts";

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
