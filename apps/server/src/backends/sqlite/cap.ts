import type { Fill, SizeReport } from "../../log/host-reports.ts";

/** The share of the cap from which each state holds. */
const FILLS: readonly (readonly [from: number, fill: Fill])[] = [
  [1, "full"],
  [0.95, "closed to new rooms"],
  [0.9, "nearly full"],
];
/** How much lower the share has to be before a state ends, so that small changes are not reported each time. */
const FILL_SLACK = 0.02;

/**
 * How full it is now.
 * @param before how full it was said to be
 * @param share of what may be stored
 */
export function fillOf(before: Fill, share: number): Fill {
  for (const [from, fill] of FILLS) {
    if (share >= (isAtLeast(before, fill) ? from - FILL_SLACK : from)) return fill;
  }
  return "free";
}

function isAtLeast(one: Fill, other: Fill): boolean {
  const order = FILLS.map(([, fill]) => fill);
  return order.includes(one) && order.indexOf(one) <= order.indexOf(other);
}

/** Holds what is stored to a number of bytes; what is there already stays, and is read. */
export class StorageCap {
  readonly #maxBytes: number;
  readonly #read: () => number;
  readonly #tell: (report: SizeReport) => void;
  #fill: Fill = "free";
  #told: SizeReport | undefined;

  /**
   * @param maxBytes Infinity: there is no cap
   * @param read how many bytes are used now
   */
  constructor(maxBytes: number, read: () => number, tell: (report: SizeReport) => void) {
    this.#maxBytes = maxBytes;
    this.#read = read;
    this.#tell = tell;
  }

  /** Whether a room may get another entry now. */
  admits(isKnownRoom: boolean): boolean {
    return this.#fill !== "full" && (isKnownRoom || this.#fill !== "closed to new rooms");
  }

  /** Looks how full it is; to be called within a batch's transaction, before the rest of it. */
  look(): void {
    if (this.#maxBytes === Infinity) return;
    this.#fill = fillOf(this.#fill, this.#read() / this.#maxBytes);
  }

  /** Tells the host, if anything changed; to be called now and then. */
  report(): void {
    this.look();
    const report = {
      is: "size",
      bytes: this.#read(),
      maxBytes: this.#maxBytes,
      fill: this.#fill,
    } as const;
    if (this.#told?.bytes === report.bytes && this.#told.fill === report.fill) return;
    this.#told = report;
    this.#tell(report);
  }
}
