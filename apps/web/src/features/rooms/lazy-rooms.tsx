import { lazyComponent } from "../../ui/lazy.tsx";

interface RoomsProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Fetched once the room stands. */
export const LazyRoomsBeside = lazyComponent<RoomsProps>(
  async () => (await import("./rooms-beside.tsx")).RoomsBeside,
  Reserved,
  Reserved,
);

/** The place beside the talk, where there is one: nothing moves as the list comes. */
function Reserved() {
  return (
    <div className="hidden w-68 shrink-0 bg-hull scheme-dark min-[68.75rem]:block print:hidden" />
  );
}
