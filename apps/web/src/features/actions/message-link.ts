import { roomLink } from "../invite/room-link.ts";

/** The address that opens a room at one of its messages. */
export function messageLink(roomId: string, seq: number, origin?: string): string {
  return `${roomLink(roomId, origin)}#${seq}`;
}

/** The `seq` of the message that an address names, as in `location.hash`. */
export function seqOfHash(hash: string): number | undefined {
  const digits = /^#([1-9]\d*)$/.exec(hash)?.[1];
  const seq = Number(digits);
  return Number.isSafeInteger(seq) ? seq : undefined;
}
