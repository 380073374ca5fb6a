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
 * A data directory whose power can be cut: what was not synced is gone then. A library that a
 * server preloads (power-cut.c) keeps the image of it; it takes Linux and a C compiler.
 */
export class PowerCutDisk {
  /** Where a server keeps its data. */
  readonly directory: string;
  /** The variables that a server has to be started with. */
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

  /** Makes one; rejects where there is no compiler. */
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

  /** Whether one can be made here. */
  static async isPossible(): Promise<boolean> {
    if (process.platform !== "linux") return false;
    try {
      const disk = await PowerCutDisk.make();
      await disk.remove();
      return true;
    } catch {
      return false;
    }
  }

  /** Lets the next sync of the write-ahead log fail. */
  async failNextSync(): Promise<void> {
    await writeFile(this.#fail, "-wal");
  }

  /** Whether the sync that was to fail did. */
  get hasFailed(): boolean {
    return !existsSync(this.#fail);
  }

  /** Cuts the power: the directory is what was synced. Nothing may use it any more. */
  async cut(): Promise<void> {
    await rm(this.directory, { recursive: true });
    await cp(this.#image, this.directory, { recursive: true });
  }

  /** Takes it away with everything on it. */
  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true });
  }
}

function libraryIn(root: string): string {
  return join(root, "power-cut.so");
}
