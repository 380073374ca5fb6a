import type { CloseCode } from "@parley/protocol";
import type { Frames } from "./encoded-frames.ts";

/** Why a slow reader is cut off, as the metrics count it. */
export const cutOffs = ["unread", "stalled", "memory"] as const;
export type CutOff = (typeof cutOffs)[number];

/** What a session and a room know of a socket. */
export interface Connection {
  /** The network address it came from, as far as the host trusts it. */
  readonly address: string;
  /** Whether its peer is sent everything that it missed, also what a join leaves out. */
  readonly sendsAll: boolean;
  /**
   * Sends one frame, as its JSON text, or several, in the order of the calls; on a closed connection
   * it does nothing. A peer that leaves too much unread, or for too long, is cut off (4413).
   */
  send(frames: string | Frames): void;
  /** Bytes that were sent and not read yet. */
  readonly unread: number;
  /** Runs once when everything sent was read; not at all if the connection ends before. */
  whenDrained(run: () => void): void;
  /** Closes with a code; what was sent before still goes out to those who read. */
  close(code: CloseCode): void;
}
