/** What the server says of files in `/about.json`. */
export interface FileLimits {
  /** The largest file, in bytes. */
  readonly maxBytes: number;
}

/**
 * Asks the server which files it takes.
 * @returns undefined if it takes none; `unknown` without an answer: then it is found out later
 */
export async function askFileLimits(): Promise<FileLimits | "unknown" | undefined> {
  try {
    const about: unknown = await (await fetch("/about.json")).json();
    const { files } = Object(about) as { readonly files?: unknown };
    const { maxBytes } = Object(files) as { readonly maxBytes?: unknown };
    return typeof maxBytes === "number" ? { maxBytes } : undefined;
    // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
  } catch {
    return "unknown";
  }
}
