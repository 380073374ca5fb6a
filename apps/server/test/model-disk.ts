import type { DiskSystem } from "../src/backends/disk/system.ts";

interface ModelFile {
  readonly is: "file";
  bytes: Buffer;
  /** What a power cut does not take: the bytes when it was last synced. */
  synced: Buffer;
}

interface ModelFolder {
  readonly is: "folder";
  readonly names: Map<string, ModelNode>;
  /** What a power cut does not take: the names when it was last synced. */
  synced: ReadonlyMap<string, ModelNode>;
  /** The number of that sync. */
  syncedBy: number;
}

type ModelNode = ModelFile | ModelFolder;

/** Decides what happens where anything may: true with a probability. */
type Chance = (probability: number) => boolean;

/** The same random source for the same seed. */
export function chanceOf(seed: number): Chance & { readonly below: (end: number) => number } {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const chance = (probability: number) => next() < probability;
  return Object.assign(chance, { below: (end: number) => Math.floor(next() * end) });
}

/** All that needs no step on the disk goes on. */
const nextTurn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

/** The steps of a server on its disk: all wait here, and one after the other is done. */
export class Steps {
  readonly #waiting: ((fault: Error | undefined) => void)[] = [];

  /** The gate of a ModelDisk. */
  readonly gate = (): Promise<void> =>
    new Promise((resolve, reject) => {
      this.#waiting.push((fault) => (fault ? reject(fault) : resolve()));
    });

  /**
   * Does so many steps in a random order, or all that there are. The rest never goes on.
   */
  async take(steps: number, failing: number, chance: ReturnType<typeof chanceOf>): Promise<void> {
    for (let taken = 0; taken < steps; taken += 1) {
      await nextTurn();
      const [next] = this.#waiting.splice(chance.below(this.#waiting.length), 1);
      if (!next) return;
      next(chance(failing) ? failure(chance(0.5) ? "EIO" : "ENOSPC") : undefined);
    }
    await nextTurn();
  }
}

/** The folder that stands for the disk. It is there, and durable. */
export const MODEL_ROOT = "/disk";

/**
 * A disk in memory, as POSIX promises one and no more: a file keeps the bytes that were synced, a
 * folder the names that were synced. What was not is kept or lost, each piece for itself.
 */
export class ModelDisk implements DiskSystem {
  readonly #root: ModelFolder;
  readonly #gate: () => Promise<void>;

  /** @param gate passed before each operation: a test decides when, or that it fails */
  constructor(gate: () => Promise<void>, root = newFolder()) {
    this.#gate = gate;
    this.#root = root;
  }

  /** The same disk, for a process that is started after another was killed. */
  reopen(gate: () => Promise<void>): ModelDisk {
    return new ModelDisk(gate, this.#root);
  }

  /**
   * The disk after a power cut.
   * @param survives whether a piece that was not synced is kept; of its bytes, all or some
   */
  afterPowerCut(gate: () => Promise<void>, survives: Chance): ModelDisk {
    return new ModelDisk(gate, survivorOf(this.#root, survives, new Map()) as ModelFolder);
  }

  async create(path: string) {
    await this.#gate();
    const { folder, name } = this.#place(path);
    if (folder.names.has(name)) throw failure("EEXIST");
    const file: ModelFile = { is: "file", bytes: Buffer.alloc(0), synced: Buffer.alloc(0) };
    folder.names.set(name, file);
    return {
      write: async (bytes: Uint8Array) => {
        for (const half of [
          bytes.subarray(0, bytes.length / 2),
          bytes.subarray(bytes.length / 2),
        ]) {
          await this.#gate();
          file.bytes = Buffer.concat([file.bytes, half]);
        }
      },
      sync: async () => {
        const { bytes } = file;
        await this.#gate();
        file.synced = bytes;
      },
      close: async () => {},
    };
  }

  async read(path: string, range?: { readonly from: number; readonly to: number }) {
    await this.#gate();
    return this.#file(path).bytes.subarray(range?.from, range?.to);
  }

  async stat(path: string) {
    await this.#gate();
    const node = this.#find(path);
    return { size: node.is === "file" ? node.bytes.length : 0, mtimeMs: 0 };
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#gate();
    const file = this.#file(from);
    const target = this.#place(to);
    if (target.folder.names.get(target.name)?.is === "folder") throw failure("EISDIR");
    target.folder.names.set(target.name, file);
    const source = this.#place(from);
    source.folder.names.delete(source.name);
  }

  async link(path: string, to: string): Promise<void> {
    await this.#gate();
    const file = this.#file(path);
    const { folder, name } = this.#place(to);
    if (folder.names.has(name)) throw failure("EEXIST");
    folder.names.set(name, file);
  }

  async unlink(path: string): Promise<void> {
    await this.#gate();
    this.#file(path);
    const { folder, name } = this.#place(path);
    folder.names.delete(name);
  }

  async mkdir(path: string): Promise<void> {
    await this.#gate();
    const { folder, name } = this.#place(path);
    if (folder.names.has(name)) throw failure("EEXIST");
    folder.names.set(name, newFolder());
  }

  async rmdir(path: string): Promise<void> {
    await this.#gate();
    if (this.#folder(path).names.size > 0) throw failure("ENOTEMPTY");
    const { folder, name } = this.#place(path);
    folder.names.delete(name);
  }

  async names(path: string): Promise<readonly string[]> {
    await this.#gate();
    return [...this.#folder(path).names.keys()];
  }

  async *eachName(path: string): AsyncIterable<string> {
    yield* await this.names(path);
  }

  async syncFolder(path: string): Promise<void> {
    const folder = this.#folder(path);
    const names = new Map(folder.names);
    const turn = (syncs += 1);
    await this.#gate();
    // One that began later, and has ended, covers this one.
    if (turn > folder.syncedBy) Object.assign(folder, { synced: names, syncedBy: turn });
  }

  async free(): Promise<number> {
    return Infinity;
  }

  #find(path: string): ModelNode {
    let node: ModelNode = this.#root;
    for (const name of path.slice(MODEL_ROOT.length + 1).split("/")) {
      if (name === "") continue;
      if (node.is === "file") throw failure("ENOTDIR");
      const next = node.names.get(name);
      if (!next) throw failure("ENOENT");
      node = next;
    }
    return node;
  }

  #folder(path: string): ModelFolder {
    const node = this.#find(path);
    if (node.is === "file") throw failure("ENOTDIR");
    return node;
  }

  #file(path: string): ModelFile {
    const node = this.#find(path);
    if (node.is === "folder") throw failure("EISDIR");
    return node;
  }

  #place(path: string): { readonly folder: ModelFolder; readonly name: string } {
    const end = path.lastIndexOf("/");
    return { folder: this.#folder(path.slice(0, end)), name: path.slice(end + 1) };
  }
}

/** What a system call rejects with. */
function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** How many folders were synced so far. */
let syncs = 0;

function newFolder(): ModelFolder {
  return { is: "folder", names: new Map(), synced: new Map(), syncedBy: 0 };
}

/** @param seen what was copied: a file may have two names on the disk for a while */
function survivorOf(node: ModelNode, survives: Chance, seen: Map<ModelNode, ModelNode>): ModelNode {
  const before = seen.get(node);
  if (before) return before;
  if (node.is === "file") {
    const bytes = bytesAfter(node, survives);
    const file: ModelFile = { is: "file", bytes, synced: bytes };
    seen.set(node, file);
    return file;
  }
  const names = new Map<string, ModelNode>();
  for (const name of new Set([...node.names.keys(), ...node.synced.keys()])) {
    const isSynced = node.names.get(name) === node.synced.get(name);
    const child = isSynced || survives(0.5) ? node.names.get(name) : node.synced.get(name);
    if (child) names.set(name, survivorOf(child, survives, seen));
  }
  const folder: ModelFolder = { is: "folder", names, synced: new Map(names), syncedBy: 0 };
  seen.set(node, folder);
  return folder;
}

/** Bytes that were not synced are there, or some of them, or something else is in their place. */
function bytesAfter({ bytes, synced }: ModelFile, survives: Chance): Buffer {
  if (bytes === synced) return bytes;
  if (survives(0.3)) return bytes;
  if (survives(0.3)) return bytes.subarray(0, bytes.length / 2);
  return survives(0.3) ? Buffer.alloc(bytes.length) : synced;
}
