/** Raised whenever the wire schema changes; `version.test.ts` fails until it is. */
export const PROTOCOL_VERSION = 1;

/** The WebSocket subprotocol of clients that also want `ping` frames (they cannot see control frames). */
export const SUBPROTOCOL = "parley.v1";
