import { IconAlertCircle, IconClock } from "@tabler/icons-react";
import { useRoom } from "../../room/use-room.ts";

/** One's new name until the room confirms it. Most are confirmed before anybody could read this. */
export function NewName() {
  const newName = useRoom((state) => state.newName);
  const isJoined = useRoom(({ status }) => status.is === "joined");
  if (newName === undefined) return null;
  const name = <bdi className="font-semibold">{newName}</bdi>;
  return (
    <p className="flex animate-late-line items-center gap-1.5 wrap-anywhere">
      <IconClock aria-hidden="true" size={16} stroke={1.8} className="shrink-0" />
      <span>
        {isJoined ? (
          <>Changing your name to {name}…</>
        ) : (
          <>You are {name} once you are connected.</>
        )}
      </span>
    </p>
  );
}

/** Why one's name was not changed. */
export function RefusedName() {
  const refusal = useRoom((state) => state.refusal);
  if (refusal?.newName === undefined) return null;
  return (
    <p className="flex items-center gap-1.5 wrap-anywhere text-danger">
      <IconAlertCircle aria-hidden="true" size={16} stroke={1.8} className="shrink-0" />
      <span>
        Your name was not changed to <bdi className="font-semibold">{refusal.newName}</bdi>.{" "}
        {refusal.message}
      </span>
    </p>
  );
}
