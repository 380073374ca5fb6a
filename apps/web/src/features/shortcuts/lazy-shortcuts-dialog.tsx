import { useState } from "react";
import { LazyDialog, lazyComponent } from "../../ui/lazy.tsx";

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const ShortcutsDialog = lazyComponent<DialogProps>(
  async () => (await import("./shortcuts-dialog.tsx")).ShortcutsDialog,
  ({ open, onClose }) => (
    <LazyDialog open={open} onClose={onClose} title="Shortcuts and commands">
      <p className="text-sm text-caution">The list could not be fetched.</p>
    </LazyDialog>
  ),
);

/** The list of keys and commands, fetched when it is opened. */
export function LazyShortcutsDialog(props: DialogProps) {
  const [isWanted, setIsWanted] = useState(props.open);
  if (props.open && !isWanted) setIsWanted(true);
  return isWanted && <ShortcutsDialog {...props} />;
}
