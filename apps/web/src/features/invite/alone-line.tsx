import { useRoom } from "../../room/use-room.ts";
import { CopyInvitationButton } from "./invite-panel.tsx";

/** Shown in a room with messages but no other member: how to invite others. */
export function AloneLine() {
  const isAlone = useRoom(
    ({ people, messages, status }) =>
      status.is === "joined" && people?.count === 1 && messages.length > 0,
  );
  if (!isAlone) return null;
  return (
    <div className="mx-auto flex w-full max-w-3xl animate-appear flex-wrap items-center gap-x-3 px-4 text-sm text-ink-soft sm:px-7">
      Nobody else is here.
      <CopyInvitationButton look="quiet" size="sm" />
    </div>
  );
}
