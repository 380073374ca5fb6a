/** The JSON that the server answers with; undefined if it is away, or answers with something else. */
export async function askServer(path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await (await fetch(path, { signal })).json();
    // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
  } catch {
    return undefined;
  }
}
