import type { Faults } from "@parley/server/src/backends/sqlite/messages.ts";

/** What a bad-day server is told; each order gets one answer, in turn. */
export type Order =
  /** The disk has these faults from now on, and no others. */
  | { readonly is: "faults"; readonly faults: Faults }
  /** The clock goes so far ahead of the machine's, in ms; a negative one is behind it. */
  | { readonly is: "clock"; readonly aheadMs: number }
  /** Tell how late the event loop was since the last time. */
  | { readonly is: "lag" };

export type Answer = { readonly is: "done" } | ({ readonly is: "lag" } & Lag);

/** How late the event loop got round to a timer, in ms. */
export interface Lag {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The environment variable that names the log of a bad-day server: `sqlite`, or `memory`. */
export const LOG_VARIABLE = "LOG";
