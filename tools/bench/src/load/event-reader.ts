const DATA = "\ndata: ";
const END = "\n\n";

/** Told of each event: its data is `bytes` from `start` up to `end`, good only during the call. */
export type OnData = (bytes: Buffer, start: number, end: number) => void;

/**
 * Finds the data of server-sent events in what one socket reads. A server writes whole events, each
 * with one line of data: the lengths of chunks between them are passed over.
 */
export class EventReader {
  readonly #onData: OnData;
  /** The start of an event whose end has not come yet. */
  #rest: Buffer | undefined;

  constructor(onData: OnData) {
    this.#onData = onData;
  }

  /** Takes the next chunk. It may be overwritten as soon as this returns. */
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
