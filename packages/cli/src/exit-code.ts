/** How a command ended, as shells and sysexits.h have it. */
export const ExitCode = {
  done: 0,
  /** The server refused, or something is wrong that stays wrong. */
  refused: 1,
  /** The command was not given as it has to be. */
  usage: 2,
  /** EX_TEMPFAIL: the same command may do later. */
  tryAgain: 75,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
