import { lazyComponent } from "../../ui/lazy.tsx";

interface PanelProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Fetched once the room stands. */
export const LazyPeoplePanel = lazyComponent<PanelProps>(
  async () => (await import("./people-panel.tsx")).PeoplePanel,
  undefined,
  Reserved,
);

/** The place beside the talk of a panel that is open from the start: nothing moves as it comes. */
function Reserved({ open }: PanelProps) {
  return (
    open && <div className="w-72 shrink-0 border-l border-line bg-surface max-[60rem]:hidden" />
  );
}
