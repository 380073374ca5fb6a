import type { PendingPlace } from "../../storage/pending-places.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** Asks before a room is forgotten in which something waits to be sent. */
export function ForgetQuestion({
  pending,
  onForget,
  onClose,
}: {
  /** Where something waits, in the room or privately; nothing is asked while it is empty. */
  pending: readonly PendingPlace[];
  onForget: () => void;
  onClose: () => void;
}) {
  const forget = () => {
    onClose();
    onForget();
  };
  return (
    <Dialog open={pending.length > 0} onClose={onClose} title="Forget this room?">
      <p>{unsent(pending)} if you forget this room.</p>
      <div className="mt-4 flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button className="text-danger!" onClick={forget}>
          Forget
        </Button>
      </div>
    </Dialog>
  );
}

function unsent(pending: readonly PendingPlace[]): string {
  const messages = pending.reduce((sum, place) => sum + place.messages, 0);
  if (messages === 0) return "Changes to messages are not sent, and are lost";
  if (messages === 1) return "1 message is not sent, and is lost";
  return `${messages} messages are not sent, and are lost`;
}
