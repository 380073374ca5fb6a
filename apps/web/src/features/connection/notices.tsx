import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useRoom } from "../../room/use-room.ts";
import { Button, IconButton } from "../../ui/button.tsx";

/** The room has entries of a kind that this version of the app does not know (SPEC O5). */
export function OutdatedNotice() {
  const isOutdated = useRoom((state) => state.isOutdated);
  return (
    <div role="status">
      {isOutdated && (
        <div className="mx-auto flex w-full max-w-3xl items-center gap-x-1 px-4 text-sm text-ink-soft sm:px-7">
          <p>Something newer than this version was said here.</p>
          <Button look="quiet" size="sm" onClick={() => window.location.reload()}>
            Reload
          </Button>
        </div>
      )}
    </div>
  );
}

/** The browser keeps nothing that is not sent: its storage is full, or closed as in a private window. */
export function UnkeptNotice() {
  const isUnkept = useRoom((state) => state.isUnkept);
  const [isRead, setIsRead] = useState(false);
  return (
    <div role="status">
      {isUnkept && !isRead && (
        <div className="mx-auto flex w-full max-w-3xl items-center gap-3 px-4 text-sm text-ink-soft sm:px-7">
          <p className="grow">
            This device cannot keep unsent messages: they are lost if you close the page.
          </p>
          <IconButton label="Dismiss" onClick={() => setIsRead(true)}>
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        </div>
      )}
    </div>
  );
}

/** A request other than a message was refused, such as a new name. */
export function RefusalNotice() {
  const refusal = useRoom((state) => state.refusal);
  const dismiss = useRoom((state) => state.dismissRefusal);
  return (
    <div role="alert">
      {refusal && (
        <div className="mx-auto flex w-full max-w-3xl items-center gap-3 px-4 text-sm text-danger sm:px-7">
          <p className="grow">{refusal.message}</p>
          <IconButton label="Dismiss" onClick={dismiss}>
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        </div>
      )}
    </div>
  );
}
