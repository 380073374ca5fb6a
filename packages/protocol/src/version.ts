/**
 * `MAJOR.MINOR` of the wire schema; `version.test.ts` fails until a changed schema has a new one.
 * The major is raised by what a client of before cannot go on with.
 */
export const PROTOCOL_VERSION = "1.4";

/** Whether a server of this version speaks what this client may not understand (SPEC, Versions). */
export function isNewerMajor(version: string | undefined): boolean {
  return majorOf(version ?? "") > majorOf(PROTOCOL_VERSION);
}

/** NaN where the version says no number; NaN is newer than nothing. */
function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** The WebSocket subprotocol of clients that also want `ping` frames (they cannot see control frames). */
export const SUBPROTOCOL = "parley.v1";
