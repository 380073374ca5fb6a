import { expect, it } from "vitest";
import { Opcode } from "./frame-reader.ts";
import { maskedPong, maskedText } from "./frame-writer.ts";

/** Reads a frame from a client, as in RFC 6455, section 5.3. */
function unmask(frame: Buffer): { opcode: number; text: string } {
  const [first = 0, second = 0] = frame;
  expect(first & 0x80).toBe(0x80);
  expect(second & 0x80).toBe(0x80);
  const isShort = (second & 0x7f) < 126;
  const length = isShort ? second & 0x7f : frame.readUInt16BE(2);
  const maskAt = isShort ? 2 : 4;
  const mask = frame.subarray(maskAt, maskAt + 4);
  const payload = frame.subarray(maskAt + 4).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  expect(payload.length).toBe(length);
  return { opcode: first & 0x0f, text: Buffer.from(payload).toString() };
}

it.each([0, 1, 125, 126, 4_000])("masks a text of %i characters", (length) => {
  const text = "parley".repeat(1_000).slice(0, length);
  expect(unmask(maskedText(text))).toEqual({ opcode: Opcode.text, text });
});

it("uses a mask that changes something, like those of browsers", () => {
  expect(maskedText("hello").includes("hello")).toBe(false);
});

it("answers a ping with its payload", () => {
  const ping = Buffer.from("still there?");
  expect(unmask(maskedPong(ping))).toEqual({ opcode: Opcode.pong, text: "still there?" });
});

it("refuses a length that does not fit in two bytes", () => {
  expect(() => maskedText("x".repeat(0x1_0000))).toThrow(RangeError);
});
