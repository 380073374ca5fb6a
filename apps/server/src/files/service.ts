import type { Addresses } from "../limits/addresses.ts";
import type { Rates } from "../limits/rates.ts";
import type { RoomLog } from "../log/log.ts";
import type { FileStore } from "./file-store.ts";
import type { Files } from "./files.ts";
import { Manifests } from "./manifest.ts";
import { Permits } from "./permits.ts";
import { Sweeper, type SweeperDeps } from "./sweeper.ts";
import { Uploads } from "./uploads.ts";
import { Usage } from "./usage.ts";
import { WholeFiles } from "./whole-files.ts";

export interface FileServiceDeps extends Omit<SweeperDeps, "log"> {
  readonly rates: Rates;
  readonly addresses: Addresses;
  /** The largest file, in bytes. */
  readonly maxBytes: number;
  /** The most bytes of all files together. */
  readonly totalBytes: number;
}

/** The files of a server: uploads, and the sweep. */
export class FileService implements Files {
  readonly store: FileStore;
  readonly manifests: Manifests;
  readonly usage: Usage;
  readonly maxBytes: number;
  readonly uploads: Uploads;
  readonly whole: WholeFiles;
  readonly #permits: Permits;
  readonly #deps: FileServiceDeps;
  #sweeper: Sweeper | undefined;

  constructor(store: FileStore, deps: FileServiceDeps) {
    this.store = store;
    this.manifests = new Manifests(deps.shelf);
    this.usage = new Usage(deps.totalBytes);
    this.maxBytes = deps.maxBytes;
    this.#permits = new Permits({ ...deps, manifests: this.manifests });
    this.uploads = new Uploads(this, this.#permits, deps.now);
    this.whole = new WholeFiles(this.uploads);
    this.#deps = deps;
  }

  /** Starts to remove files that no message has. */
  start(log: RoomLog): void {
    this.#sweeper = new Sweeper(this, { ...this.#deps, log });
    this.#sweeper.start();
  }

  /** Drops the counts of those who sent nothing lately. Called now and then. */
  sweep(): void {
    this.#permits.sweep();
  }

  async close(): Promise<void> {
    await this.#sweeper?.close();
  }
}
