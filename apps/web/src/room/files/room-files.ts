import { RefusedError, systemClock } from "@parley/client";
import { createUploader, putBytes, type Uploader, type UploadProgress } from "@parley/client/files";
import { createStore, type StoreApi } from "zustand/vanilla";
import { ownToken } from "../../storage/identity.ts";
import { pendingFiles } from "../../storage/pending-files.ts";
import { keepLocalUrl } from "./local-urls.ts";
import { prepareFile } from "./prepare.ts";
import { askFileLimits, createTray, type Tray } from "./tray.ts";

/** Where the files of a room, or of a conversation, are uploaded. */
export interface FilesPlace {
  /** Such as `/api/rooms/lobby/files`. */
  readonly path: string;
  /** Is added to each address, such as `?via=…`. */
  readonly query: string;
}

/** How far each upload is, by the id of the file. */
export type ProgressByFile = Readonly<Record<string, UploadProgress>>;

/** The files of one room that this browser sends. */
export interface OutgoingFiles {
  readonly uploader: Uploader;
  readonly uploads: StoreApi<ProgressByFile>;
  /** The files that the next message takes along. */
  readonly tray: Tray;
  /** The bytes of a file that is not sent yet, if this browser has them. */
  readonly bytesOf: (id: string) => Promise<Blob | undefined>;
}

/** The uploads of all rooms, also those of other tabs. */
const uploads = createStore<ProgressByFile>()(() => ({}));
/** How often the other tabs are told of an upload, in ms. */
const TELL_EVERY_MS = 500;
/** One tab uploads; the others show how far it is. */
const channel = openChannel("parley-uploads");
channel?.addEventListener("message", ({ data }: MessageEvent<ProgressByFile>) =>
  uploads.setState(data),
);
const toldAt = new Map<string, number>();

export function createRoomFiles({ path, query }: FilesPlace): OutgoingFiles {
  const uploader = createUploader({
    address: path,
    query,
    token: ownToken,
    files: pendingFiles,
    onProgress: (id, progress) => {
      tellTabs(id, progress);
      uploads.setState({ [id]: progress });
    },
    put: putBytes,
    clock: systemClock,
    random: Math.random,
    onOnline: (online) => {
      window.addEventListener("online", online);
      return () => window.removeEventListener("online", online);
    },
  });
  const tray = createTray({
    prepare: prepareFile,
    limits: askFileLimits,
    keep: async (file) => {
      keepLocalUrl(file.id, file.bytes);
      askToPersist();
      return pendingFiles.put(file);
    },
    drop: (ids) => void pendingFiles.remove(ids),
  });
  askBeforeLoss(tray);
  return { uploader, uploads, tray, bytesOf };
}

/** What stands in a tray is gone with the page: the browser asks before. */
function askBeforeLoss({ store }: Tray): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  store.subscribe(({ items }) => {
    if (items.length > 0) window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask);
  });
}

async function bytesOf(id: string): Promise<Blob | undefined> {
  try {
    return (await pendingFiles.get(id))?.bytes;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

function tellTabs(id: string, progress: UploadProgress): void {
  const now = systemClock.now();
  const isNew = uploads.getState()[id]?.is !== progress.is;
  if (!isNew && now - (toldAt.get(id) ?? 0) < TELL_EVERY_MS) return;
  toldAt.set(id, now);
  channel?.postMessage({ [id]: progress });
}

let isAsked = false;

/** Asks the browser, once a page, not to delete what is not sent when its disk is full. */
function askToPersist(): void {
  if (isAsked) return;
  isAsked = true;
  const { storage } = navigator as { readonly storage?: StorageManager };
  const ignored = () => undefined;
  void storage?.persist().then(ignored, ignored);
}

/** Undefined where the browser denies it: then only this tab knows. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
