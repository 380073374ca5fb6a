/** How long a server may take to answer, in ms. */
const ANSWER_WITHIN_MS = 10_000;

/** The HTTP address of a path on the server of a WebSocket. */
export function httpUrl(socketUrl: string, path: string): string {
  return new URL(path, socketUrl.replace(/^ws/, "http")).href;
}

/** Whether a Parley server answers over HTTP. If not, the network fails, not the transport. */
export async function serverAnswers(socketUrl: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await fetch(httpUrl(socketUrl, "/about.json"), { signal, cache: "no-store" });
    return "protocolVersion" in ((await response.json()) as object);
    // oxlint-disable-next-line house/no-bare-catch -- any failure is a network that fails
  } catch {
    return false;
  }
}
