import { subjects, type SubjectName } from "../processes/subject.ts";
import type { LadderSizes } from "../sizes.ts";
import { highestHeld, type Steady } from "./held.ts";
import { notesOn } from "./notes.ts";
import type { Bench, Measured } from "./row.ts";

/**
 * Finds for each server the highest rate that it holds.
 * @param figureOf the row's figure of the best step
 */
export async function heldLines(
  bench: Bench,
  sizes: LadderSizes,
  names: readonly SubjectName[],
  figureOf: (best: Steady) => number,
): Promise<Measured[]> {
  const lines: Measured[] = [];
  for (const subject of names) {
    const best = await highestHeld(subjects[subject], bench, sizes);
    lines.push(
      best
        ? { subject, figure: figureOf(best), ...steadyLine(best) }
        : { subject, figure: 0, notes: ["no rate was held"] },
    );
  }
  return lines;
}

/** The other figures of a steady run. */
export function steadyLine(report: Steady): Omit<Measured, "subject" | "figure"> {
  const { latency, arrived, serverCpu, storeCpu, generatorCpu } = report;
  const { p50, p99 } = latency;
  const cpu = { serverCpu, storeCpu, generatorCpu };
  return { p50, p99, arrived, ...cpu, notes: notesOn(report) };
}
