/**
 * `MAJOR.MINOR` of the wire schema; `version.test.ts` fails until a changed schema gets a new
 * version.
 * A change that an older client cannot work with raises the major.
 */
export const PROTOCOL_VERSION = "1.7";

/**
 * Whether a server of this version may send what this client cannot understand (SPEC O6).
 */
export function isNewerMajor(version: string | undefined): boolean {
  return majorOf(version ?? "") > majorOf(PROTOCOL_VERSION);
}

/** NaN if the version has no number; no comparison with NaN is true. */
function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/**
 * The WebSocket subprotocol of clients that also want `ping` frames, because they cannot see
 * control frames.
 */
export const SUBPROTOCOL = "parley.v1";
