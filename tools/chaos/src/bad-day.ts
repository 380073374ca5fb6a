import { fileURLToPath } from "node:url";
import type { Faults } from "@parley/server/backends/sqlite/messages";
import type { ServerProcess } from "@parley/testkit/server-process";

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

/** The program of a bad-day server. */
export const BAD_DAY_SERVER = fileURLToPath(new URL("./bad-day-server.ts", import.meta.url));

/** Gives a bad-day server an order and waits until it is obeyed. */
export async function order(
  server: ServerProcess,
  order: Exclude<Order, { is: "lag" }>,
): Promise<void> {
  await server.ask(order);
}

/** How late the event loop of a bad-day server was since the last time. */
export async function readLag(server: ServerProcess): Promise<Lag> {
  const answer = (await server.ask({ is: "lag" } satisfies Order)) as Answer;
  if (answer.is !== "lag") throw new Error(`asked for the lag and answered ${answer.is}`);
  return answer;
}
