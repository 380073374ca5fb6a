/** The files that the app is made of; the build fills it in. */
export interface Shell {
  /** Differs between any two builds that differ. */
  readonly version: string;
  /** Paths on this origin; the page itself is `/`. */
  readonly files: readonly string[];
}

/**
 * What a page asks the worker. Page and worker share types only: a worker that shared code with the
 * page would be more than one file.
 */
export type VersionQuestion = "parley:version?";

/** The worker's answer: the version of the app that it keeps. */
export interface VersionAnswer {
  readonly keeps: string;
}
