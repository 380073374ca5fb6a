import { Opcode } from "./frame-reader.ts";

const FIN = 0x80;
const MASKED = 0x80;
const LENGTH_IN_2_BYTES = 126;
const MASK_BYTES = 4;
/** The longest payload that this writer accepts, in bytes: what two bytes of length can express. */
const PAYLOAD_BYTES_MAX = 0xffff;

/** A server unmasks with any mask, so a constant one costs it as much as a random one. */
const MASK = [0x37, 0xfa, 0x21, 0x3d] as const;

/** Encodes an ASCII text as one frame from a client (RFC 6455, section 5.2), up to 64 KiB. */
export function maskedText(text: string): Buffer {
  const { frame, start } = blankFrame(Opcode.text, text.length);
  frame.write(text, start, "latin1");
  return masked(frame, start);
}

/** Encodes the answer to a ping. */
export function maskedPong(payload: Buffer): Buffer {
  const { frame, start } = blankFrame(Opcode.pong, payload.length);
  payload.copy(frame, start);
  return masked(frame, start);
}

/** A frame with space for its payload from `start` on. */
function blankFrame(opcode: number, length: number): { frame: Buffer; start: number } {
  if (length > PAYLOAD_BYTES_MAX) throw new RangeError(`a payload of ${length} bytes is too long`);
  const isShort = length < LENGTH_IN_2_BYTES;
  const start = (isShort ? 2 : 4) + MASK_BYTES;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = FIN | opcode;
  frame[1] = MASKED | (isShort ? length : LENGTH_IN_2_BYTES);
  if (!isShort) frame.writeUInt16BE(length, 2);
  frame.set(MASK, start - MASK_BYTES);
  return { frame, start };
}

function masked(frame: Buffer, start: number): Buffer {
  for (let i = start; i < frame.length; i += 1) {
    frame[i] = (frame[i] ?? 0) ^ (MASK[(i - start) & 3] ?? 0);
  }
  return frame;
}
