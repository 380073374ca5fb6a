import type { PendingFile } from "@parley/client/files";
import { FILES_PER_MESSAGE_MAX, type FileInfo } from "@parley/protocol";
import { createStore, type StoreApi } from "zustand/vanilla";
import { idOf } from "../../storage/identity.ts";
import { megabytes } from "./file-words.ts";
import type { Prepared, PrepareOptions } from "./prepared.ts";

/** A file that was chosen and is not sent yet. */
export interface TrayItem {
  readonly key: number;
  readonly name: string;
  /** In bytes, as it was chosen. */
  readonly size: number;
  /** Whether a photo goes as it is, with all that its camera wrote into it. */
  readonly isOriginal: boolean;
  readonly state:
    | { readonly is: "preparing" }
    | {
        readonly is: "ready";
        readonly info: FileInfo;
        readonly thumb: Blob | undefined;
        /** Whether it is a photo that can be sent smaller. */
        readonly canReduce: boolean;
        /** False: the page must stay open until it is sent. */
        readonly isKept: boolean;
      }
    | { readonly is: "refused"; readonly why: string };
}

/** Files that wait for the next message, in the order in which they were chosen. */
export interface Tray {
  readonly store: StoreApi<{ readonly items: readonly TrayItem[] }>;
  /** Adds files, and prepares them one after the other. */
  readonly add: (files: readonly File[], options?: PrepareOptions) => void;
  readonly remove: (key: number) => void;
  readonly setOriginal: (key: number, isOriginal: boolean) => void;
  /** Resolves once no file is being prepared. */
  readonly whenReady: () => Promise<void>;
  /**
   * Takes all files that are ready out of the tray.
   * @returns the files of each message: 10 at the most
   */
  readonly take: () => readonly (readonly FileInfo[])[];
}

interface TrayDeps {
  readonly prepare: (file: File, options: PrepareOptions) => Promise<Prepared>;
  readonly limits: () => Promise<FileLimits | "unknown" | undefined>;
  /** Keeps the bytes until they are sent. @returns whether the browser keeps them */
  readonly keep: (file: PendingFile) => Promise<boolean>;
  readonly drop: (ids: readonly string[]) => void;
}

/** A file as it was chosen, and what the server took then. */
interface Given {
  readonly file: File;
  readonly options: PrepareOptions;
  readonly allowed: ReturnType<TrayDeps["limits"]>;
}

/** Most files in the tray: more is a mistake, such as a whole disk. */
export const TRAY_MAX = 100;

export function createTray({ prepare, limits, keep, drop }: TrayDeps): Tray {
  const store = createStore<{ readonly items: readonly TrayItem[] }>()(() => ({ items: [] }));
  const given = new Map<number, Given>();
  let lastKey = 0;
  let work = Promise.resolve();

  const itemOf = (key: number) => store.getState().items.find((item) => item.key === key);
  const change = (key: number, values: Partial<TrayItem>) =>
    store.setState(({ items }) => ({
      items: items.map((item) => (item.key === key ? { ...item, ...values } : item)),
    }));

  const prepareOne = async (key: number): Promise<TrayItem["state"]> => {
    const source = given.get(key);
    if (!source) return { is: "preparing" };
    const { file, options } = source;
    const allowed = await source.allowed;
    if (!allowed) return { is: "refused", why: "This server takes no files." };
    const isOriginal = itemOf(key)?.isOriginal ?? false;
    const { bytes, thumb, canReduce, info } = await prepare(file, { ...options, isOriginal });
    if (allowed !== "unknown" && bytes.size > allowed.maxBytes) {
      return { is: "refused", why: `Larger than ${megabytes(allowed.maxBytes)}.` };
    }
    const id = idOf(crypto.getRandomValues(new Uint8Array(16)));
    const isKept = await keep({ id, bytes, thumb });
    const ready = { id, ...info, size: bytes.size, ...(thumb && { thumb: true as const }) };
    return { is: "ready", info: ready, thumb, canReduce, isKept };
  };
  const enqueue = (key: number) => {
    work = work.then(async () => {
      if (!itemOf(key)) return;
      const state = await prepareOne(key).catch(unreadable);
      if (itemOf(key)) change(key, { state });
      else dropState(state);
    });
  };
  const dropState = (state: TrayItem["state"]) => {
    if (state.is === "ready") drop([state.info.id]);
  };
  const removeAll = (keys: readonly number[]) => {
    for (const key of keys) given.delete(key);
    store.setState(({ items }) => ({ items: items.filter(({ key }) => !keys.includes(key)) }));
  };

  return {
    store,
    add(files, options = {}) {
      // Asked once for all of them.
      const allowed = limits();
      const room = TRAY_MAX - store.getState().items.length;
      const added = files.slice(0, Math.max(0, room)).map((file): TrayItem => {
        lastKey += 1;
        given.set(lastKey, { file, options, allowed });
        const { name, size } = file;
        return { key: lastKey, name, size, isOriginal: false, state: { is: "preparing" } };
      });
      store.setState(({ items }) => ({ items: [...items, ...added] }));
      for (const { key } of added) enqueue(key);
    },
    remove(key) {
      const item = itemOf(key);
      if (item) dropState(item.state);
      removeAll([key]);
    },
    setOriginal(key, isOriginal) {
      const item = itemOf(key);
      if (!item) return;
      dropState(item.state);
      change(key, { isOriginal, state: { is: "preparing" } });
      enqueue(key);
    },
    async whenReady() {
      for (let last; last !== work;) {
        last = work;
        await last;
      }
    },
    take() {
      const { items } = store.getState();
      const ready = items.flatMap(({ key, state }) =>
        state.is === "ready" ? [{ key, state }] : [],
      );
      removeAll(ready.map(({ key }) => key));
      const infos = ready.map(({ state }) => state.info);
      const messages: FileInfo[][] = [];
      for (let from = 0; from < infos.length; from += FILES_PER_MESSAGE_MAX) {
        messages.push(infos.slice(from, from + FILES_PER_MESSAGE_MAX));
      }
      return messages;
    },
  };
}

/**
 * A file that was moved or deleted meanwhile, or that is a folder. Any other error is a bug: it is
 * reported, and the tray goes on.
 */
function unreadable(error: unknown): TrayItem["state"] {
  if (!(error instanceof DOMException)) reportError(error);
  return { is: "refused", why: "This file cannot be read." };
}

/** What the server says of files in `/about.json`. */
interface FileLimits {
  /** The largest file, in bytes. */
  readonly maxBytes: number;
}

/**
 * Asks the server which files it takes.
 * @returns undefined if it takes none; `unknown` without an answer: then it is found out later
 */
export async function askFileLimits(): Promise<FileLimits | "unknown" | undefined> {
  try {
    const about: unknown = await (await fetch("/about.json")).json();
    const { files } = Object(about) as { readonly files?: unknown };
    const { maxBytes } = Object(files) as { readonly maxBytes?: unknown };
    return typeof maxBytes === "number" ? { maxBytes } : undefined;
    // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
  } catch {
    return "unknown";
  }
}
