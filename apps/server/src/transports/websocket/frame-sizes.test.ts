import { expect, it } from "vitest";
import type { WebSocket } from "ws";
import { FRAME_BYTES_MAX, SOCKET_FILE_BYTES_MAX } from "@parley/protocol";
import { limitFrameSizes } from "./frame-sizes.ts";

const TEXT = 1;
const BINARY = 2;

/** What reads frames, as in ws: it asks its own limit at the head of each. */
class Receiver {
  limit = 0;
  constructor(fields: { _opcode: number; _totalPayloadLength: number; _payloadLength: number }) {
    Object.assign(this, fields);
  }
  haveLength(): void {
    this.limit = Number(Reflect.get(this, "_maxPayload"));
  }
}
/** Of another ws, such as a stand-in of a test. */
class OtherReceiver extends Receiver {}

function limitOf(kind: number, before: number, bytes: number, admits = true, Kind = Receiver) {
  const fields = { _opcode: kind, _totalPayloadLength: before, _payloadLength: bytes };
  const receiver = new Kind(fields);
  limitFrameSizes({ _receiver: receiver } as unknown as WebSocket, {
    admitsLargeFrame: () => admits,
  });
  receiver.haveLength();
  expect(receiver).toBeInstanceOf(Kind);
  return receiver.limit;
}

it("lets binary messages that are admitted be larger, counted up to the end of a frame", () => {
  expect(limitOf(BINARY, FRAME_BYTES_MAX, 1)).toBe(SOCKET_FILE_BYTES_MAX);
  expect(limitOf(BINARY, FRAME_BYTES_MAX, 1, false)).toBe(FRAME_BYTES_MAX);
  expect(limitOf(BINARY, 0, FRAME_BYTES_MAX)).toBe(FRAME_BYTES_MAX);
  expect(limitOf(TEXT, FRAME_BYTES_MAX, 1)).toBe(FRAME_BYTES_MAX);
});

it("keeps to each receiver's own kind", () => {
  expect(limitOf(BINARY, FRAME_BYTES_MAX, 1, true, OtherReceiver)).toBe(SOCKET_FILE_BYTES_MAX);
  expect(limitOf(BINARY, FRAME_BYTES_MAX, 1)).toBe(SOCKET_FILE_BYTES_MAX);
});
