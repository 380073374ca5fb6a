import { lazyComponent, onceShown } from "../ui/lazy.tsx";

interface SheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onLeave: () => void;
}

/** Fetched after the room is shown. */
export const LazyRoomSheet = lazyComponent<SheetProps>(
  onceShown(async () => (await import("./room-sheet.tsx")).RoomSheet),
);
