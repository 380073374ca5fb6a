import { FRAME_BYTES_MAX, SOCKET_FILE_BYTES_MAX } from "@parley/protocol";
import type { WebSocket } from "ws";

const BINARY = 2;

/** What reads the frames of a socket, in ws: these properties are its own, and known here alone. */
interface Receiver {
  /** The kind of message that the frame belongs to. */
  readonly _opcode: number;
  /** The bytes of the message up to the end of this frame. */
  readonly _totalPayloadLength: number;
}

/**
 * Lets binary messages be larger than text. ws has one limit for both, which it looks up at the head of
 * each frame, before it holds any of the frame's bytes: here it is told the one that is meant.
 * Whatever exceeds it closes the socket with 1009.
 * @param admitsLarge asked at the head of every frame of a binary message that is larger than a text may be
 */
export function limitFrameSizes(ws: WebSocket, admitsLarge: () => boolean): void {
  const receiver: Receiver = Reflect.get(ws, "_receiver") as Receiver;
  Object.defineProperty(receiver, "_maxPayload", {
    get() {
      const { _opcode: kind, _totalPayloadLength: bytes } = receiver;
      const isLarge = bytes > FRAME_BYTES_MAX;
      return isLarge && kind === BINARY && admitsLarge() ? SOCKET_FILE_BYTES_MAX : FRAME_BYTES_MAX;
    },
  });
}
