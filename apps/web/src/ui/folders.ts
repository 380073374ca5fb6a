/** Most files that are read from dropped folders. */
const FILES_MAX = 1_000;

/** All files in these entries and the folders below them, in the order of their names. */
export async function filesBelow(entries: readonly FileSystemEntry[]): Promise<readonly File[]> {
  const files: File[] = [];
  const open = [...entries];
  for (let entry = open.shift(); entry && files.length < FILES_MAX; entry = open.shift()) {
    if (isFolder(entry)) open.push(...(await entriesIn(entry)));
    else files.push(await fileOf(entry as FileSystemFileEntry));
  }
  // What a system stores for itself.
  return files.filter(({ name }) => !name.startsWith("."));
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A reader gives a folder in several lists; the last one is empty. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const next = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (next.length === 0) return found.toSorted((a, b) => a.name.localeCompare(b.name));
    found.push(...next);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}
