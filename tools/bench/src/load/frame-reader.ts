/** The opcodes of RFC 6455, section 5.2, that a server sends. */
export const Opcode = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;

const OPCODE_BITS = 0x0f;
const LENGTH_BITS = 0x7f;
const LENGTH_IN_2_BYTES = 126;
/** Opcode and length; longer lengths take 2 or 8 bytes more. */
const HEADER_BYTES_MIN = 2;

/**
 * Called for each frame: its payload is `bytes` from `start` to `end`, valid only during the call.
 */
export type OnFrame = (opcode: number, bytes: Buffer, start: number, end: number) => void;

/**
 * Finds the WebSocket frames in the chunks of one socket. It copies only a frame that a chunk cuts
 * off. It expects what a server sends: unmasked, unfragmented frames.
 */
export class FrameReader {
  readonly #onFrame: OnFrame;
  /** The start of an incomplete frame. */
  #rest: Buffer | undefined;

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame;
  }

  /** Takes the next chunk, which may be overwritten once this returns. */
  read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    while (at + HEADER_BYTES_MIN <= bytes.length) {
      const start = at + headerBytes(bytes, at);
      if (start > bytes.length) break;
      const end = start + payloadBytes(bytes, at);
      if (end > bytes.length) break;
      this.#onFrame((bytes[at] ?? 0) & OPCODE_BITS, bytes, start, end);
      at = end;
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined;
  }
}

function headerBytes(bytes: Buffer, at: number): number {
  const length = lengthField(bytes, at);
  if (length < LENGTH_IN_2_BYTES) return HEADER_BYTES_MIN;
  return HEADER_BYTES_MIN + (length === LENGTH_IN_2_BYTES ? 2 : 8);
}

/** Call it once the whole header is there. */
function payloadBytes(bytes: Buffer, at: number): number {
  const length = lengthField(bytes, at);
  if (length < LENGTH_IN_2_BYTES) return length;
  if (length === LENGTH_IN_2_BYTES) return bytes.readUInt16BE(at + HEADER_BYTES_MIN);
  return Number(bytes.readBigUInt64BE(at + HEADER_BYTES_MIN));
}

function lengthField(bytes: Buffer, at: number): number {
  return (bytes[at + 1] ?? 0) & LENGTH_BITS;
}
