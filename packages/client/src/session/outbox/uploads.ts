import type { FileInfo, Refusal } from "@parley/protocol";
import type { Effect } from "../machine/effect.ts";
import { step, type Step } from "../machine/step.ts";
import type { OutboxItem } from "./outbox-item.ts";

/** How often the files of one message are uploaded: a server may have deleted them meanwhile. */
const TRIES_MAX = 2;

/** The upload of the files of one message, which must be stored before it is sent (SPEC B3). */
interface Upload {
  /** `lost`: the server does not have them any more. */
  readonly is: "running" | "done" | "lost";
  readonly tries: number;
}

/** The uploads of this tab, by the id of the message. */
export type UploadsByMessage = ReadonlyMap<string, Upload>;

/** What an upload depends on: the items of the queue and the uploads. */
interface Uploading {
  readonly items: readonly OutboxItem[];
  readonly uploads: UploadsByMessage;
}

/** The files of an entry; none if it is no message with files. */
export function filesOf({ frame }: OutboxItem): readonly FileInfo[] {
  return frame.type === "chat" ? (frame.payload.files ?? []) : [];
}

/** Whether an item waits for its files. What is written after it may be sent before it (SPEC B3). */
export function waitsForFiles({ uploads }: Uploading, item: OutboxItem): boolean {
  const { is } = item.state;
  const isOpen = is === "queued" || is === "storing";
  return isOpen && filesOf(item).length > 0 && uploads.get(item.id)?.is !== "done";
}

/** Starts the uploads of all items that are stored, and ends those of items that are gone. */
export function syncUploads<Queue extends Uploading>(queue: Queue): Step<Queue> {
  // Nearly always: this is asked after every frame.
  if (queue.items.length + queue.uploads.size === 0) return step(queue);
  const known = new Set(queue.items.map(({ id }) => id));
  const waiting = queue.items.filter(
    (item) => item.state.is === "queued" && waitsForFiles(queue, item),
  );
  const needed = new Set(waiting.map(({ id }) => id));
  const gone = [...queue.uploads].filter(([id, { is }]) =>
    is === "running" ? !needed.has(id) : !known.has(id),
  );
  const fresh = waiting.filter(({ id }) => queue.uploads.get(id)?.is !== "running");
  if (gone.length + fresh.length === 0) return step(queue);
  const uploads = new Map(queue.uploads);
  const effects: Effect[] = [];
  for (const [id, { is }] of gone) {
    uploads.delete(id);
    if (is === "running") effects.push({ do: "stopUpload", id });
  }
  for (const item of fresh) {
    uploads.set(item.id, { is: "running", tries: (uploads.get(item.id)?.tries ?? 0) + 1 });
    effects.push({ do: "upload", id: item.id, files: filesOf(item) });
  }
  return step({ ...queue, uploads }, ...effects);
}

/** Stops all uploads, because another tab continues them. */
export function stopUploads<Queue extends Uploading>(queue: Queue): Step<Queue> {
  const running = [...queue.uploads].filter(([, { is }]) => is === "running");
  if (running.length === 0) return step(queue);
  const uploads = new Map([...queue.uploads].filter(([, { is }]) => is !== "running"));
  return step({ ...queue, uploads }, ...running.map(([id]) => ({ do: "stopUpload", id }) as const));
}

/** All files of a message are stored: it may be sent. */
export function uploadDone<Queue extends Uploading>(queue: Queue, id: string): Queue {
  return withUpload(queue, id, "done");
}

/**
 * The server does not have the files of a message that were uploaded: they are uploaded again.
 * @returns undefined if that was tried already
 */
export function uploadLost<Queue extends Uploading>(
  queue: Queue,
  id: string,
  refusal: Refusal,
): Queue | undefined {
  const upload = queue.uploads.get(id);
  const isLost = refusal.code === "unknown_file" && (upload?.tries ?? TRIES_MAX) < TRIES_MAX;
  return isLost ? withUpload(queue, id, "lost") : undefined;
}

function withUpload<Queue extends Uploading>(queue: Queue, id: string, is: Upload["is"]): Queue {
  const tries = queue.uploads.get(id)?.tries ?? 0;
  return { ...queue, uploads: new Map(queue.uploads).set(id, { is, tries }) };
}

/** Forgets what was uploaded for a message that is uploaded again from the start. */
export function withoutUpload<Queue extends Uploading>(queue: Queue, id: string): Queue {
  if (!queue.uploads.has(id)) return queue;
  const uploads = new Map(queue.uploads);
  uploads.delete(id);
  return { ...queue, uploads };
}
