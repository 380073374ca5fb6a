/** The code that the operating system gave an error, such as ENOSPC; undefined: it is none of its. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  return typeof code === "string" && /^E[A-Z\d]+$/.test(code) ? code : undefined;
}

/**
 * Takes it that a file or folder is not there; for `catch`.
 * @throws any other error
 */
export function unlessGone(error: unknown): undefined {
  const code = codeOf(error);
  if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
  return undefined;
}
