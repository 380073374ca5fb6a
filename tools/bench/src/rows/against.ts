import { subjects, type SubjectName } from "../processes/subject.ts";
import type { Aim, Measured, RowVerdict } from "./row.ts";

/**
 * Parley's figure as a multiple of each other server's.
 * @param aims the aims, by the server that is compared
 */
export function againstPeers(
  measured: readonly Measured[],
  aims: Partial<Record<SubjectName, Aim>>,
): RowVerdict[] {
  const own = measured.find(({ subject }) => subject === "parley");
  if (!own) return [];
  return measured
    .filter(({ subject }) => subject !== "parley")
    .map(({ subject, figure }) => ({
      of: `against ${subjects[subject].title}`,
      value: own.figure / figure,
      unit: "×",
      aim: aims[subject],
    }));
}
