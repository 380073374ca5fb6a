import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Beside the sources, so that it is on a disk: /tmp may be memory, where nothing is durable. */
const DATA_ROOT = fileURLToPath(new URL("../../results/", import.meta.url));

/** Folders to be removed when this process ends before they were. */
const folders = new Set<string>();
process.once("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Makes an empty folder on a disk; it does not outlive this process. */
export async function makeDataFolder(): Promise<string> {
  await mkdir(DATA_ROOT, { recursive: true });
  const folder = await mkdtemp(join(DATA_ROOT, "data-"));
  folders.add(folder);
  return folder;
}

export async function removeDataFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  folders.delete(folder);
}
