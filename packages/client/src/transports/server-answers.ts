/** How long a server may take to answer, in ms. */
const ANSWER_WITHIN_MS = 10_000;

/** The HTTP address of a path on the server of a WebSocket. */
export function httpUrl(socketUrl: string, path: string): string {
  return new URL(path, socketUrl.replace(/^ws/, "http")).href;
}

/** What a request brings; undefined if the network or the answer fails. Browsers do not say why. */
export function unlessLost<Value>(work: Promise<Value>): Promise<Value | undefined> {
  // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
  return work.catch(() => undefined);
}

/** Whether a Parley server answers over HTTP. If not, the network fails, not the transport. */
export async function serverAnswers(socketUrl: string): Promise<boolean> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const about = fetch(httpUrl(socketUrl, "/about.json"), { signal, cache: "no-store" });
  const answer: unknown = await unlessLost(about.then((response) => response.json()));
  return answer instanceof Object && "protocolVersion" in answer;
}
