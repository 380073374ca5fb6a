import type { EncodedFrame } from "./frame.ts";
import type { Connection } from "./session/connection.ts";

/** One socket of a person in a room. */
export interface Subscriber {
  readonly connection: Connection;
  readonly memberId: string;
  /** The `seq` up to which this socket was sent the log (SPEC R3). */
  sentUpTo: number;
}

/**
 * Writes one encoded entry to every subscriber that was not sent it yet.
 * @returns to how many it was written
 */
export function fanOutEntry(
  seq: number,
  frame: EncodedFrame,
  subscribers: Iterable<Subscriber>,
): number {
  let written = 0;
  for (const subscriber of subscribers) {
    if (subscriber.sentUpTo >= seq) continue;
    subscriber.sentUpTo = seq;
    subscriber.connection.send(frame);
    written += 1;
  }
  return written;
}

/** Writes a frame that is in no log (presence, typing) to everybody but one person. */
export function fanOutSignal(
  frame: EncodedFrame,
  subscribers: Iterable<Subscriber>,
  exceptMember?: string,
): void {
  for (const { connection, memberId } of subscribers) {
    if (memberId !== exceptMember) connection.send(frame);
  }
}
