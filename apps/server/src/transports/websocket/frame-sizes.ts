import { FRAME_BYTES_MAX, SOCKET_FILE_BYTES_MAX } from "@parley/protocol";
import type { WebSocket } from "ws";

const BINARY = 2;

/** What reads the frames of a socket, in ws: these properties are its own, and known here alone. */
interface Receiver {
  /** The kind of message that the frame belongs to. */
  readonly _opcode: number;
  /** The bytes of the message before this frame, and those of the frame. */
  readonly _totalPayloadLength: number;
  readonly _payloadLength: number;
  /** The most bytes of a message. */
  _maxPayload: number;
  /** Called at the head of each frame: goes on to its bytes, or ends the socket with 1009. */
  readonly haveLength: (failed: (error: Error) => void) => void;
}

/** Decides on large binary messages. */
export interface LargeFrameGate {
  /** Asked at the head of every frame of a binary message that is larger than a text may be. */
  admitsLargeFrame(): boolean;
}

/** A receiver whose binary messages may be larger than text. */
interface TwoLimits extends Receiver {
  gate: LargeFrameGate;
}

/** What receivers with two limits have in common: the prototype of ws, and over it their own method. */
let twoLimits: object | undefined;

/**
 * Lets binary messages be larger than text. ws has one limit for both, which it looks up at the head of
 * each frame, before it holds any of the frame's bytes: here it is told the one that is meant.
 * Whatever exceeds it closes the socket with 1009.
 */
export function limitFrameSizes(ws: WebSocket, gate: LargeFrameGate): void {
  const receiver = Reflect.get(ws, "_receiver") as TwoLimits;
  const own = Object.getPrototypeOf(receiver) as Receiver;
  if (!twoLimits || Object.getPrototypeOf(twoLimits) !== own) twoLimits = withTwoLimits(own);
  receiver.gate = gate;
  // A property of its own that is computed would cost each socket 1.6 KB.
  Object.setPrototypeOf(receiver, twoLimits);
}

function withTwoLimits(own: Receiver): object {
  return Object.create(own, {
    haveLength: {
      value(this: TwoLimits, failed: (error: Error) => void): void {
        const { _opcode: kind, _totalPayloadLength: before, _payloadLength: bytes } = this;
        const isLarge = before + bytes > FRAME_BYTES_MAX;
        const isAdmitted = isLarge && kind === BINARY && this.gate.admitsLargeFrame();
        // oxlint-disable-next-line no-underscore-dangle -- ws calls it so
        this._maxPayload = isAdmitted ? SOCKET_FILE_BYTES_MAX : FRAME_BYTES_MAX;
        own.haveLength.call(this, failed);
      },
    },
  }) as object;
}
