import { ExitCode } from "../exit-code.ts";
import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import { LogUnread } from "./read-log.ts";

/** Reports why the log could not be read; rethrows any other error. */
export function failureCode(error: unknown): ExitCode {
  if (!(error instanceof LogUnread)) throw error;
  note(plainLine(error.message));
  return error.isTemporary ? ExitCode.tryAgain : ExitCode.refused;
}
