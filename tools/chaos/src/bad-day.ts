import { fileURLToPath } from "node:url";
import type { Faults } from "@parley/server/backends/sqlite/messages";
import type { ServerProcess } from "@parley/testkit/server-process";

/** The orders to a bad-day server; each gets one answer, in order. */
export type BadDayOrder =
  /** The disk has these faults from now on, and no others. */
  | { readonly is: "faults"; readonly faults: Faults }
  /** The clock runs this far ahead of the machine's, in ms; negative: behind it. */
  | { readonly is: "clock"; readonly aheadMs: number }
  /**
   * Ends with SIGKILL once it has stored the ring of this many private messages, before the last of
   * these messages itself.
   */
  | { readonly is: "die-between"; readonly messages: number }
  /** Report how late the event loop was since the last order. */
  | { readonly is: "lag" };

export type BadDayAnswer = { readonly is: "done" } | ({ readonly is: "lag" } & Lag);

/** How late the event loop handled a timer, in ms. */
export interface Lag {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The environment variable with the log of a bad-day server: `sqlite`, or `memory`. */
export const LOG_VARIABLE = "LOG";

/** The program of a bad-day server. */
export const BAD_DAY_SERVER = fileURLToPath(new URL("./bad-day-server.ts", import.meta.url));

/** Gives a bad-day server an order and waits until it is carried out. */
export async function order(
  server: ServerProcess,
  order: Exclude<BadDayOrder, { is: "lag" }>,
): Promise<void> {
  await server.ask(order);
}

/** How late the event loop of a bad-day server was since the last time. */
export async function readLag(server: ServerProcess): Promise<Lag> {
  const answer = (await server.ask({ is: "lag" } satisfies BadDayOrder)) as BadDayAnswer;
  if (answer.is !== "lag") throw new Error(`asked for the lag and answered ${answer.is}`);
  return answer;
}
