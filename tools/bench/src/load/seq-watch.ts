const ZERO = 0x30;
const NINE = 0x39;

/** Checks that each room's entries have consecutive numbers. */
export class SeqWatch {
  /** Gaps, repeats and steps back. */
  breaks = 0;
  readonly #seqAfter: string | undefined;
  readonly #last = new Map<number, number>();

  /** @param seqAfter the text before the number; undefined if messages have none */
  constructor(seqAfter: string | undefined) {
    this.#seqAfter = seqAfter;
  }

  /** Checks the entry of a room between two positions in `bytes`. */
  see(room: number, bytes: Buffer, start: number, end: number): void {
    if (this.#seqAfter === undefined) return;
    const seq = numberAfter(this.#seqAfter, bytes, start, end);
    const last = this.#last.get(room);
    if (last !== undefined && seq !== last + 1) this.breaks += 1;
    this.#last.set(room, seq);
  }
}

/** The whole number after a text; NaN without that text. */
export function numberAfter(text: string, bytes: Buffer, start: number, end: number): number {
  const found = bytes.indexOf(text, start, "latin1");
  if (found === -1 || found >= end) return Number.NaN;
  let value = 0;
  for (let at = found + text.length; at < end; at += 1) {
    const digit = bytes[at] ?? 0;
    if (digit < ZERO || digit > NINE) break;
    value = value * 10 + digit - ZERO;
  }
  return value;
}
