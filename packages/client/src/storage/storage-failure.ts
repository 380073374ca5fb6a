import { reportBug } from "../report-bug.ts";

/**
 * Handles the error of a call that a storage may refuse: a browser refuses with a DOMException (a
 * full disk, a private window), a disk with a system error. Any other error is a bug: it is
 * reported as uncaught, and the session continues.
 */
export function reportUnlessRefused(error: unknown): undefined {
  const isSystemError = error instanceof Error && "syscall" in error;
  if (!(error instanceof DOMException || isSystemError)) reportBug(error);
  return undefined;
}
