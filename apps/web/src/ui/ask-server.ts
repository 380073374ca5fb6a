/**
 * The JSON that the server answers with; undefined if it is away, or answers with something else.
 * @param token of the member who asks
 */
export async function askServer(
  path: string,
  signal: AbortSignal,
  token?: string,
): Promise<unknown> {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  try {
    return await (await fetch(path, { signal, headers })).json();
    // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
  } catch {
    return undefined;
  }
}
