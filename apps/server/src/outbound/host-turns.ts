import { OUTBOUND_MAX, OUTBOUND_PER_HOST_MAX } from "../limits/limits.ts";

/** The requests to one host. */
interface Line {
  underWay: number;
  readonly waiting: (() => void)[];
}

/**
 * Limits how many requests to other hosts are under way, to each and in all. Others wait in line, one
 * line for each host, and the hosts take turns: a host that is slow holds up no other.
 */
export class HostTurns {
  /** The one whose turn is longest ago comes first. */
  readonly #lines = new Map<string, Line>();
  #underWay = 0;

  /** Makes a request in its turn, and gives its outcome. */
  async take<Outcome>(host: string, request: () => Promise<Outcome>): Promise<Outcome> {
    const line = this.#lines.get(host) ?? { underWay: 0, waiting: [] };
    this.#lines.set(host, line);
    const { promise, resolve } = Promise.withResolvers<void>();
    line.waiting.push(resolve);
    this.#next();
    await promise;
    try {
      return await request();
    } finally {
      this.#underWay -= 1;
      line.underWay -= 1;
      if (line.underWay + line.waiting.length === 0) this.#lines.delete(host);
      this.#next();
    }
  }

  #next(): void {
    for (const [host, line] of this.#lines) {
      if (this.#underWay >= OUTBOUND_MAX) return;
      if (line.underWay >= OUTBOUND_PER_HOST_MAX) continue;
      const start = line.waiting.shift();
      if (!start) continue;
      this.#underWay += 1;
      line.underWay += 1;
      // The host goes to the end of the round, where this loop meets it again.
      this.#lines.delete(host);
      this.#lines.set(host, line);
      start();
    }
  }
}
