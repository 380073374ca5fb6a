/** The answer to a request: its status, and its body as JSON if it is that. */
export interface PutAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface PutBytesOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called with how many bytes of the body left, as they leave. */
  readonly onSent?: (bytes: number) => void;
}

/** The connection was lost, or nothing went on for {@link STALL_MS}. */
export class ConnectionLost extends Error {}

/** A request that does not proceed for this long, in ms, is given up. */
const STALL_MS = 30_000;

/** Sends a body with PUT. `fetch` does not tell how much has left. */
export function putBytes(
  url: string,
  body: Blob | string,
  { headers, signal, onSent }: PutBytesOptions,
): Promise<PutAnswer> {
  const request = new XMLHttpRequest();
  const { promise, resolve, reject } = Promise.withResolvers<PutAnswer>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const proceeds = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), STALL_MS);
  };
  const stop = () => request.abort();
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    if (request.status === 0) reject(new ConnectionLost());
    else resolve({ status: request.status, body: jsonOf(request.responseText) });
  };
  request.upload.addEventListener("progress", ({ loaded }) => {
    proceeds();
    onSent?.(loaded);
  });
  request.addEventListener("loadend", end);
  request.open("PUT", url);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  if (signal.aborted) return Promise.reject(new ConnectionLost());
  signal.addEventListener("abort", stop);
  proceeds();
  request.send(body);
  return promise;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A proxy answers with a page.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
