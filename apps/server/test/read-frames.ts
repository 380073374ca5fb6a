const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** A WebSocket frame as it came from a server: not masked. */
export interface WireFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/**
 * Cuts whole frames off the start of what was received.
 * @returns them, and the bytes of a frame that has not come to its end
 */
export function readFrames(received: Buffer): { frames: WireFrame[]; rest: Buffer } {
  const frames: WireFrame[] = [];
  let rest = received;
  for (;;) {
    const header = headerOf(rest);
    if (!header || rest.length < header.bytes + header.length) return { frames, rest };
    const end = header.bytes + header.length;
    frames.push({ opcode: header.opcode, payload: rest.subarray(header.bytes, end) });
    rest = rest.subarray(end);
  }
}

function headerOf(bytes: Buffer): { opcode: number; bytes: number; length: number } | undefined {
  if (bytes.length < 2) return undefined;
  const opcode = bytes.readUInt8(0) & 0x0f;
  const length = bytes.readUInt8(1);
  if (length < LENGTH_IN_2_BYTES) return { opcode, bytes: 2, length };
  if (length === LENGTH_IN_2_BYTES) {
    return bytes.length < 4 ? undefined : { opcode, bytes: 4, length: bytes.readUInt16BE(2) };
  }
  if (length !== LENGTH_IN_8_BYTES) throw new Error("A server's frame must not be masked.");
  return bytes.length < 10
    ? undefined
    : { opcode, bytes: 10, length: Number(bytes.readBigUInt64BE(2)) };
}
