import type { CloseCode } from "@parley/protocol";
import type { EncodedFrame } from "../frame.ts";

/** What a session and a room know of a socket. */
export interface Connection {
  /** The network address it came from, as far as the host trusts it. */
  readonly address: string;
  /** Writes whole frames in the order of the calls; on a closed connection it does nothing. */
  send(frame: EncodedFrame): void;
  /** Closes with a code; what was sent before still goes out to those who read. */
  close(code: CloseCode): void;
}
