import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useRoom, useRoomActions } from "../../room/use-room.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { NewName, RefusedName } from "../presence/new-name.tsx";

/** What is said above the composer. */
export function Notices() {
  return (
    <>
      <OutdatedNotice />
      <NewNameNotice />
      <RefusalNotice />
      <UnkeptNotice />
    </>
  );
}

/** The room has entries of a kind that this version of the app does not know (SPEC O5). */
function OutdatedNotice() {
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
function UnkeptNotice() {
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

/** A new name waits for the room. */
function NewNameNotice() {
  return (
    <div
      role="status"
      className="mx-auto flow-root w-full max-w-3xl px-4 text-sm text-ink-soft *:mb-1.5 sm:px-7"
    >
      <NewName />
    </div>
  );
}

/** A request other than a message was refused, such as a new name. */
export function RefusalNotice() {
  const refusal = useRoom((state) => state.refusal);
  const dismiss = useRoom((state) => state.dismissRefusal);
  const { rename } = useRoomActions();
  return (
    <div role="alert">
      {refusal && (
        <div className="mx-auto flex w-full max-w-3xl items-center gap-x-1 px-4 text-sm sm:px-7">
          <div className="min-w-0 grow text-danger">
            {refusal.newName === undefined ? <p>{refusal.message}</p> : <RefusedName />}
          </div>
          {refusal.temporary && refusal.newName !== undefined && (
            <Button look="quiet" size="sm" onClick={() => rename(refusal.newName ?? "")}>
              Retry
            </Button>
          )}
          <IconButton label="Dismiss" onClick={dismiss}>
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        </div>
      )}
    </div>
  );
}
