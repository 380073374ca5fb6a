import type { Duplex } from "node:stream";
import { FRAME_BYTES_MAX } from "@parley/protocol";

/** Of what came before an abrupt end and was not read, so many bytes are: a frame of any size. */
export const READ_AT_END_BYTES_MAX = 2 * FRAME_BYTES_MAX;

/**
 * Drops what a socket sent and nobody read, if its connection breaks and it is more than
 * {@link READ_AT_END_BYTES_MAX}. ws reads all of it at once when a socket closes: if thousands of
 * paused ones break at the same moment, nothing else gets on for a second. Nothing of it was
 * acknowledged (SPEC D1). Call it before ws is given the socket, or its listener comes first.
 */
export function limitInputAtEnd(socket: Duplex): void {
  socket.prependListener("close", dropInput);
}

function dropInput(this: Duplex): void {
  if (this.readableLength <= READ_AT_END_BYTES_MAX) return;
  // In pieces of a chunk: reading all at once would first join the chunks.
  while (this.readableLength > 0) {
    if (this.read(Math.min(this.readableLength, FRAME_BYTES_MAX)) === null) return;
  }
}
