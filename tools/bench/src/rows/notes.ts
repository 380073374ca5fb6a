import type { Orders } from "../load/orders.ts";

/** From here on the load generator, not the server, may be what is measured. */
const BUSY = 0.9;

/** What has to be said about a steady run beside its figures. */
export function notesOn(
  report: Pick<Orders["steady"]["report"], "generatorCpu" | "outOfOrder" | "lost">,
): string[] {
  const notes = [];
  if (report.generatorCpu > BUSY) notes.push("the load generator is at its limit");
  if (report.outOfOrder > 0) notes.push(`${report.outOfOrder} entries out of order`);
  if (report.lost > 0) notes.push(`${report.lost} connections lost`);
  return notes;
}
