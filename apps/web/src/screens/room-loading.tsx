import { Flag, flagOf } from "../ui/flag.tsx";

/** Shown while a room is fetched, if that takes a while. */
export function RoomLoading({ roomId }: { roomId: string }) {
  return (
    <div className="grid h-dvh animate-late place-content-center justify-items-center gap-4">
      <Flag design={flagOf(roomId)} className="size-12" />
      <p className="text-ink-soft">Opening the room…</p>
    </div>
  );
}
