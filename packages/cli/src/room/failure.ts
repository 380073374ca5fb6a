import { ExitCode } from "../exit-code.ts";
import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import { LogUnread } from "./read-log.ts";

/** Tells why the log could not be read; throws what is no such failure. */
export function failureCode(error: unknown): ExitCode {
  if (!(error instanceof LogUnread)) throw error;
  note(plainLine(error.message));
  return error.isTemporary ? ExitCode.tryAgain : ExitCode.refused;
}
