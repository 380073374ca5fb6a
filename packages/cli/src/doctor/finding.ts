import { ExitCode } from "../exit-code.ts";
import { plainLine } from "../plain-text.ts";

/** The result of one check. */
export interface Finding {
  readonly check: string;
  /** `away`: it fails now, but may work later. */
  readonly grade: "ok" | "warn" | "fail" | "away";
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
}

export function ok(check: string, text: string): Finding {
  return { check, grade: "ok", text };
}

export function warn(check: string, text: string, advice: string): Finding {
  return { check, grade: "warn", text, advice };
}

export function fail(check: string, text: string, advice: string): Finding {
  return { check, grade: "fail", text, advice };
}

export function away(check: string, text: string, advice: string): Finding {
  return { check, grade: "away", text, advice };
}

const CHECK_COLUMNS = 12;

/** A finding as lines. Text from servers and proxies cannot drive the terminal. */
export function linesOf({ check, grade, text, advice }: Finding): readonly string[] {
  const word = grade === "away" ? "fail" : grade;
  const line = `${word.padEnd(5)} ${check.padEnd(CHECK_COLUMNS)} ${plainLine(text)}`;
  return advice === undefined ? [line] : [line, `${" ".repeat(6 + CHECK_COLUMNS)} → ${advice}`];
}

/** Whether the checks after this one can run. */
export function goesOn({ grade }: Finding): boolean {
  return grade === "ok" || grade === "warn";
}

/** 1 if a check failed for good, 75 if all failures may pass, 0 otherwise. */
export function exitCodeOf(findings: readonly Finding[]): ExitCode {
  if (findings.some(({ grade }) => grade === "fail")) return ExitCode.refused;
  return findings.every(goesOn) ? ExitCode.done : ExitCode.tryAgain;
}
