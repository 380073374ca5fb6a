const DATA = "\ndata: ";
const END = "\n\n";

/** Called for each event: its data is `bytes` from `start` to `end`, valid only during the call. */
export type OnData = (bytes: Buffer, start: number, end: number) => void;

/**
 * Finds the data of server-sent events in the chunks of one socket. A server writes whole events,
 * each with one line of data; the lengths of chunks between them are skipped.
 */
export class EventReader {
  readonly #onData: OnData;
  /** The start of an incomplete event. */
  #rest: Buffer | undefined;

  constructor(onData: OnData) {
    this.#onData = onData;
  }

  /** Takes the next chunk, which may be overwritten once this returns. */
  read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const found = bytes.indexOf(DATA, at, "latin1");
      const start = found + DATA.length;
      const end = found === -1 ? -1 : bytes.indexOf(END, start, "latin1");
      if (end === -1) break;
      this.#onData(bytes, start, end);
      at = end + 1;
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined;
  }
}
