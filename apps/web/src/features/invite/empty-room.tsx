import { useRoom } from "../../room/use-room.ts";
import { InvitePanel, CopyInvitationButton } from "./invite-panel.tsx";

/** Shown in a room without messages: what to do about it. */
export function EmptyRoom() {
  const empty = useRoom(
    ({ older, messages, outgoing }) =>
      older.is === "beginning" && messages.length === 0 && outgoing.length === 0,
  );
  const alone = useRoom(({ people }) => (people?.count ?? 1) <= 1);
  if (!empty) return null;
  return (
    <div className="absolute inset-0 grid animate-appear grid-cols-[minmax(0,1fr)] overflow-y-auto bg-canvas p-4">
      <section
        aria-label="Invite people"
        className="m-auto grid w-full max-w-sm grid-cols-[minmax(0,1fr)] gap-5 rounded-lg bg-surface px-5 py-6 text-center shadow-low"
      >
        <div>
          <h2 className="text-xl font-bold tracking-tight">
            {alone ? "You are the first here." : "Nothing is said yet."}
          </h2>
          <p className="mt-1 text-ink-soft">
            {alone
              ? "Share the link: everyone who opens it can join."
              : "Write the first message, or bring others in."}
          </p>
        </div>
        <InvitePanel />
      </section>
    </div>
  );
}

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
