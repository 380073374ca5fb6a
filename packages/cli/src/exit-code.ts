/** The exit codes, as in shells and sysexits.h. */
export const ExitCode = {
  done: 0,
  /** The server refused, or something is wrong for good. */
  refused: 1,
  /** The command line is wrong. */
  usage: 2,
  /** EX_TEMPFAIL: the same command may work later. */
  tryAgain: 75,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
