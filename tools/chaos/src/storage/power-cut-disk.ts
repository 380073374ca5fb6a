import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

const SOURCE = fileURLToPath(new URL("./power-cut.c", import.meta.url));

/**
 * A data directory whose power can be cut: unsynced data is lost then. A library that the server
 * preloads (power-cut.c) keeps the synced image; it needs Linux and a C compiler.
 */
export class PowerCutDisk {
  /** The server's data directory. */
  readonly directory: string;
  /** The variables with which the server must be started. */
  readonly env: Readonly<Record<string, string>>;
  readonly #root: string;
  readonly #image: string;
  readonly #fail: string;

  private constructor(root: string) {
    this.#root = root;
    this.directory = join(root, "data");
    this.#image = join(root, "image");
    this.#fail = join(root, "fail");
    this.env = {
      LD_PRELOAD: libraryIn(root),
      POWER_CUT_DISK: this.directory,
      POWER_CUT_IMAGE: this.#image,
      POWER_CUT_FAIL: this.#fail,
    };
  }

  /** Creates one; rejects without a compiler. */
  static async make(): Promise<PowerCutDisk> {
    const root = await mkdtemp(join(tmpdir(), "parley-power-"));
    try {
      const library = libraryIn(root);
      await execute("cc", ["-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"]);
      const disk = new PowerCutDisk(root);
      await mkdir(disk.directory);
      await mkdir(disk.#image);
      return disk;
    } catch (error) {
      await rm(root, { recursive: true });
      throw error;
    }
  }

  /** Whether this machine can create one. */
  static async isPossible(): Promise<boolean> {
    if (process.platform !== "linux") return false;
    try {
      const disk = await PowerCutDisk.make();
      await disk.remove();
      return true;
      // oxlint-disable-next-line house/no-bare-catch -- tests of it are then skipped, which fails the suite
    } catch {
      return false;
    }
  }

  /** Makes the next sync of the write-ahead log fail. */
  async failNextSync(): Promise<void> {
    await writeFile(this.#fail, "-wal");
  }

  /** Whether the sync that was to fail did. */
  get hasFailed(): boolean {
    return !existsSync(this.#fail);
  }

  /** Cuts the power: only synced data stays in the directory, which may no longer be used. */
  async cut(): Promise<void> {
    await rm(this.directory, { recursive: true });
    await cp(this.#image, this.directory, { recursive: true });
  }

  /** Removes it with all its data. */
  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true });
  }
}

function libraryIn(root: string): string {
  return join(root, "power-cut.so");
}
