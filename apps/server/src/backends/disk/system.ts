import {
  link,
  mkdir,
  open,
  opendir,
  readdir,
  rename,
  rmdir,
  stat,
  statfs,
  unlink,
} from "node:fs/promises";

/** A file that is being written. */
interface NewFile {
  /** Appends all of the bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes the bytes durable; not the name. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What the store of files asks of the operating system, so that a test can model a power cut. All of
 * it rejects with an error that has a `code`, such as ENOENT, as Node's own functions do.
 */
export interface DiskSystem {
  /** Makes a file; EEXIST if the name is taken. */
  create(path: string): Promise<NewFile>;
  /** Reads a file, or those of its bytes that are in a range. */
  read(path: string, range?: { readonly from: number; readonly to: number }): Promise<Uint8Array>;
  /** The size of a file in bytes, and when it was last written, in ms since 1970. */
  stat(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }>;
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name; EEXIST if the name is taken. Some file systems do not have this. */
  link(file: string, name: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes a folder; EEXIST if the name is taken. */
  mkdir(path: string): Promise<void>;
  /** Removes a folder; ENOTEMPTY if there is something in it. */
  rmdir(path: string): Promise<void>;
  /** All names in a folder. */
  names(path: string): Promise<readonly string[]>;
  /** The names in a folder, a few at a time; for one that may have many. */
  eachName(path: string): AsyncIterable<string>;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): Promise<void>;
  /** How many bytes are free where a folder is. */
  free(path: string): Promise<number>;
}

/** This machine's operating system. */
export const machineDisk: DiskSystem = {
  async create(path) {
    const file = await open(path, "wx");
    return {
      write: (bytes) => file.writeFile(bytes),
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  read: readRange,
  stat,
  rename,
  link,
  unlink,
  mkdir: (path) => mkdir(path),
  rmdir,
  names: (path) => readdir(path),
  async *eachName(path) {
    for await (const { name } of await opendir(path)) yield name;
  },
  async syncFolder(path) {
    // Windows opens no folders, and keeps the names in them by itself.
    if (process.platform === "win32") return;
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
  async free(path) {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
};

async function readRange(
  path: string,
  range?: { readonly from: number; readonly to: number },
): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    if (!range) return await file.readFile();
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, Math.min(range.to, size) - range.from));
    let read = 0;
    while (read < bytes.length) {
      const { bytesRead } = await file.read(bytes, read, bytes.length - read, range.from + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await file.close();
  }
}
