import { lazyComponent, onceShown } from "../../ui/lazy.tsx";

interface PanelProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Fetched after the room is shown. */
export const LazyPeoplePanel = lazyComponent<PanelProps>(
  onceShown(async () => (await import("./people-panel.tsx")).PeoplePanel),
  undefined,
  Reserved,
);

/** Reserves the place of a panel that is open from the start, so that nothing moves. */
function Reserved({ open }: PanelProps) {
  return (
    open && (
      <div className="w-[min(18rem,26vw)] shrink-0 border-s border-line bg-surface max-[60rem]:hidden" />
    )
  );
}
