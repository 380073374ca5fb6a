import { statSync } from "node:fs";
import { join } from "node:path";

/** The clock of a file system ticks at least so often, in ms; */
const TICK_MS = 100;
/** and if it has whole seconds only, in so many. */
const COARSE_TICK_MS = 3_000;

/**
 * The open files are no longer in their place: what is written to them is lost when the process
 * ends.
 */
export class FilesGone extends Error {}

/** A directory as it is now; each name that comes or goes in it changes `ctimeMs`. */
export interface DirectoryState {
  readonly dev: number;
  readonly ino: number;
  readonly ctimeMs: number;
}

/**
 * The files that a server has open in its directory, and whether they are still there. A look at
 * the directory says that no name in it has changed. The files themselves are looked at only if
 * it has: on newer kernels, a stat of a file makes its next sync dearer.
 */
export class OpenedFiles {
  readonly #directory: string;
  readonly #files: readonly { readonly path: string; readonly identity: string | undefined }[];
  readonly #stateOf: (directory: string) => DirectoryState | undefined;
  readonly #now: () => number;
  /** As the directory was when the files were last there. */
  #seen: DirectoryState | undefined;

  /**
   * @param names of the files that are open, or are not there
   * @param now in ms since 1970
   */
  constructor(
    directory: string,
    names: readonly string[],
    stateOf = stateOfDirectory,
    now: () => number = Date.now,
  ) {
    this.#directory = directory;
    this.#stateOf = stateOf;
    this.#now = now;
    this.#files = names.map((name) => {
      const path = join(directory, name);
      return { path, identity: identityOf(path) };
    });
  }

  /** @throws FilesGone if a file is not the one that was opened */
  check(): void {
    const state = this.#stateOf(this.#directory);
    if (state !== undefined && this.#seen !== undefined && isSame(state, this.#seen)) return;
    this.checkEach();
    // What changes in the same tick of the clock would not be seen.
    this.#seen = state && hasTickedSince(state.ctimeMs, this.#now()) ? state : undefined;
  }

  /**
   * The same by a look at each file: also if a file system does not tell of what changes.
   * @throws FilesGone
   */
  checkEach(): void {
    for (const { path, identity } of this.#files) {
      if (identityOf(path) !== identity) throw new FilesGone(`${path} is not the file it was`);
    }
  }
}

function hasTickedSince(ctimeMs: number, now: number): boolean {
  const isCoarse = Number.isInteger(ctimeMs / 1_000);
  return now - ctimeMs > (isCoarse ? COARSE_TICK_MS : TICK_MS);
}

function isSame(one: DirectoryState, other: DirectoryState): boolean {
  return one.ctimeMs === other.ctimeMs && one.ino === other.ino && one.dev === other.dev;
}

function stateOfDirectory(directory: string): DirectoryState | undefined {
  return statSync(directory, { throwIfNoEntry: false });
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}
