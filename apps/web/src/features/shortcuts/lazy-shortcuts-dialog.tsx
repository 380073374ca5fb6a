import { lazy, Suspense, useState } from "react";
import { Dialog } from "../../ui/dialog.tsx";

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

const ShortcutsDialog = lazy(() =>
  import("./shortcuts-dialog.tsx").catch(() => ({ default: NotFetched })),
);

/** The list of keys and commands (shortcuts-dialog.tsx), fetched when somebody asks for it. */
export function LazyShortcutsDialog({ open, onClose }: Props) {
  const [isWanted, setIsWanted] = useState(open);
  if (open && !isWanted) setIsWanted(true);
  return (
    isWanted && (
      <Suspense fallback={null}>
        <ShortcutsDialog open={open} onClose={onClose} />
      </Suspense>
    )
  );
}

function NotFetched({ open, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title="Shortcuts and commands">
      <p className="text-sm text-caution">The list could not be fetched.</p>
    </Dialog>
  );
}
