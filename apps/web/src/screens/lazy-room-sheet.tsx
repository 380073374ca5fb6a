import { lazyComponent } from "../ui/lazy.tsx";

interface SheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onLeave: () => void;
}

/** Fetched once the room stands. */
export const LazyRoomSheet = lazyComponent<SheetProps>(
  async () => (await import("./room-sheet.tsx")).RoomSheet,
);
