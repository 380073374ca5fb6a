import { execFile } from "node:child_process";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeTemporaryFolder, removeTemporaryFolder } from "./temporary-folder.ts";

const execute = promisify(execFile);

/** A disk is filled in pieces of this. */
const PIECE = Buffer.alloc(64 * 1024);

/** A small file system in memory that can really be full. Only root can mount one. */
export class SmallDisk {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** Mounts one of this many KiB; rejects if this process may not. */
  static async mount(kibibytes: number): Promise<SmallDisk> {
    const directory = await makeTemporaryFolder("disk");
    try {
      await execute("mount", ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "tmpfs", directory]);
    } catch (error) {
      await removeTemporaryFolder(directory);
      throw error;
    }
    return new SmallDisk(directory);
  }

  /** Whether this process may mount one. */
  static async isPossible(): Promise<boolean> {
    if (process.platform !== "linux") return false;
    try {
      const disk = await SmallDisk.mount(64);
      await disk.unmount();
      return true;
      // oxlint-disable-next-line house/no-bare-catch -- tests of it are then skipped, which fails the suite
    } catch {
      return false;
    }
  }

  /**
   * Fills the rest of the disk.
   * @returns frees it; calling it again does nothing
   */
  async occupy(): Promise<() => Promise<void>> {
    const ballast = join(this.directory, "ballast");
    const file = await open(ballast, "w");
    try {
      for (;;) await file.write(PIECE);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      await file.close();
    }
    return () => rm(ballast, { force: true });
  }

  /** Unmounts it with everything on it; nobody may use it any more. */
  async unmount(): Promise<void> {
    await execute("umount", [this.directory]);
    await removeTemporaryFolder(this.directory);
  }
}
