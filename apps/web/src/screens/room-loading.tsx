import { Flag, flagOf } from "../ui/flag.tsx";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";

/** Shown while a room is fetched, if that takes a while: what the room will look like. */
export function RoomLoading({ roomId }: { roomId: string }) {
  return (
    <div className="flex h-dvh animate-late flex-col">
      <div className="flex h-14 shrink-0 items-center gap-3 bg-hull px-3 text-on-hull">
        <Flag design={flagOf(roomId)} className="size-8" />
        <p role="status" className="truncate">
          Opening the room…
        </p>
      </div>
      <div className="min-h-0 grow overflow-clip pb-24">
        <SkeletonRows />
      </div>
    </div>
  );
}
