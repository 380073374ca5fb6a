import { lazyComponent, onceShown } from "../../ui/lazy.tsx";

interface RoomsProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Fetched after the room is shown. */
export const LazyRoomsBeside = lazyComponent<RoomsProps>(
  onceShown(async () => (await import("./rooms-beside.tsx")).RoomsBeside),
  Reserved,
  Reserved,
);

/** Reserves the place beside the messages, if there is one, so that nothing moves. */
function Reserved() {
  return (
    <div className="hidden w-[min(17rem,26vw)] shrink-0 bg-hull scheme-dark min-[68.75rem]:block print:hidden" />
  );
}

/** Fetched after the room is shown: its dot depends on other rooms, which the log does not need. */
export const LazyRoomsButton = lazyComponent<{ readonly onOpen: () => void }>(
  onceShown(async () => (await import("./rooms-button.tsx")).RoomsButton),
  ButtonToCome,
  ButtonToCome,
);

/** Reserves the place of the button, so that nothing moves. */
function ButtonToCome() {
  return <span className="size-10 shrink-0 touch:size-11 min-[68.75rem]:hidden" />;
}
