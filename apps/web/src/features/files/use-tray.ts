import { useCallback, useState, useSyncExternalStore } from "react";
import type { OutgoingFiles } from "../../room/files/room-files.ts";
import type { TrayItem } from "../../room/files/tray.ts";
import { useOpenedRoom } from "../../room/use-room.ts";

const NO_ITEMS: readonly TrayItem[] = [];

/** The files that the next message takes along; empty until the first is chosen. */
export function useTray(): {
  readonly files: OutgoingFiles | undefined;
  readonly items: readonly TrayItem[];
  /** Fetches the code for files; rejects if it cannot be fetched. */
  readonly fetchFiles: () => Promise<OutgoingFiles>;
} {
  const { files: part } = useOpenedRoom();
  const [files, setFiles] = useState(part.now);
  const subscribe = useCallback(
    (changed: () => void) => files?.tray.store.subscribe(changed) ?? (() => undefined),
    [files],
  );
  const items = useSyncExternalStore(
    subscribe,
    () => files?.tray.store.getState().items ?? NO_ITEMS,
  );
  const fetchFiles = async () => {
    const fetched = await part.fetch();
    setFiles(fetched);
    return fetched;
  };
  return { files, items, fetchFiles };
}
