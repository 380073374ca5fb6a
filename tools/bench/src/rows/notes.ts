import type { Orders } from "../load/orders.ts";

/** From this share on, the load generator may be the limit, not the server. */
const BUSY = 0.9;

/** The notes on a steady run beside its figures. */
export function notesOn(
  report: Pick<Orders["steady"]["report"], "generatorCpu" | "outOfOrder" | "lost">,
): string[] {
  const notes = [];
  if (report.generatorCpu > BUSY) notes.push("the load generator is at its limit");
  if (report.outOfOrder > 0) notes.push(`${report.outOfOrder} entries out of order`);
  if (report.lost > 0) notes.push(`${report.lost} connections lost`);
  return notes;
}
