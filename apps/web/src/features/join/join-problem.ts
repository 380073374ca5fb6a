import type { Refusal } from "@parley/protocol";

/** What stands in the way of joining, beside the field that it concerns. */
export interface JoinProblem {
  readonly field: "code" | "name" | "form";
  readonly message: string;
}

/** Finds the field that a refused join concerns. */
export function problemOf({ code, message }: Refusal): JoinProblem {
  if (code === "bad_room") return { field: "code", message };
  if (code === "bad_name" || code === "not_unicode") return { field: "name", message };
  return { field: "form", message };
}
