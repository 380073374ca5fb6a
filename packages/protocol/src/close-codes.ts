/** Why a connection was closed, and what a client does about it (SPEC.md, "Close codes"). */
export const CloseCode = {
  /** Left on purpose: stay away. */
  left: 1000,
  /** The node is going away: come back after a random wait. */
  goingAway: 1001,
  /** A frame was larger than {@link FRAME_BYTES_MAX}: do not repeat it. */
  tooLarge: 1009,
  /** The node restarts: come back after a random wait. */
  restarting: 1012,
  /** Does not speak this protocol: stay away. */
  notOurProtocol: 4400,
  /** Silent: no `join` in time, or heartbeats missed: come back. */
  silent: 4408,
  /** The same member joined elsewhere: stay away. */
  replaced: 4409,
  /** Reads too slowly: come back and resume. */
  tooSlow: 4413,
  /** Sends too much: come back after a long wait. */
  flooding: 4429,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];
