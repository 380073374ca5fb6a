import type { StoredSize } from "../log/host-reports.ts";
import type { FileStore } from "../files/file-store.ts";
import type { RoomLog } from "../log/log.ts";
import type { StorageTrouble } from "../log/storage-health.ts";
import type { OpenPresence } from "../presence/presence.ts";
import type { Shelf } from "../shelf/shelf.ts";

/** What a server stands on: in memory, on this machine's disk, or in a Redis that servers share. */
export interface Backend {
  readonly log: RoomLog;
  readonly shelf: Shelf;
  /** Undefined: this server takes no files. */
  readonly files: FileStore | undefined;
  /** Opens the presence of a room. */
  readonly openPresence: OpenPresence;
  /** What keeps messages from being stored now, as far as is known. */
  readonly trouble: () => StorageTrouble | undefined;
  /** How many damaged entries were found since the start. */
  readonly damagedEntries: () => number;
  /** How much is stored, and may be, in bytes, if that is known. */
  readonly size: () => StoredSize | undefined;
  /** Closes it; to be called when nothing is under way any more. */
  readonly close: () => Promise<void>;
}
