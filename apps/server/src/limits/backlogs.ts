/** What waits to be written to one connection. */
export interface Backlog {
  /** Bytes that were written and have not left. */
  readonly unread: number;
  /** Gives the memory back at once: cuts the connection, without a closing handshake. */
  drop(): void;
}

/**
 * What waits to be written to all connections of a server together. Beyond the budget the
 * connection with the most is cut first, so that a slow reader costs the others nothing.
 */
export class Backlogs {
  readonly #bytesMax: number;
  /** The connections with a backlog, and its size at the last count, in bytes. */
  readonly #counted = new Map<Backlog, number>();
  #bytes = 0;

  /** @param bytesMax the budget */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** What waits now, in bytes. */
  get bytes(): number {
    // A connection that was counted may have closed since.
    for (const backlog of this.#counted.keys()) this.#recount(backlog);
    return this.#bytes;
  }

  /** Counts what waits for a connection. To be called when a write did not leave at once. */
  count(backlog: Backlog): void {
    this.#recount(backlog);
    if (this.#bytes > this.#bytesMax) this.#relieve();
  }

  /** The connection has ended. */
  forget(backlog: Backlog): void {
    this.#set(backlog, 0);
  }

  #relieve(): void {
    while (this.bytes > this.#bytesMax) {
      const greediest = this.#greediest();
      if (!greediest) return;
      this.forget(greediest);
      greediest.drop();
    }
  }

  #greediest(): Backlog | undefined {
    let greediest: Backlog | undefined;
    let most = 0;
    for (const [backlog, bytes] of this.#counted) {
      if (bytes <= most) continue;
      greediest = backlog;
      most = bytes;
    }
    return greediest;
  }

  #recount(backlog: Backlog): void {
    this.#set(backlog, backlog.unread);
  }

  #set(backlog: Backlog, bytes: number): void {
    this.#bytes += bytes - (this.#counted.get(backlog) ?? 0);
    if (bytes > 0) this.#counted.set(backlog, bytes);
    else this.#counted.delete(backlog);
  }
}
