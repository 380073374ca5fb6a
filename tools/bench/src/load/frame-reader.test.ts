import fc from "fast-check";
import { expect, it } from "vitest";
import { FrameReader, Opcode } from "./frame-reader.ts";

/** A frame as a server sends it. */
function frame(opcode: number, payload: string): Buffer {
  const body = Buffer.from(payload);
  const first = 0x80 | opcode;
  if (body.length < 126) return Buffer.concat([Buffer.from([first, body.length]), body]);
  if (body.length < 0x1_0000) {
    const head = Buffer.from([first, 126, 0, 0]);
    head.writeUInt16BE(body.length, 2);
    return Buffer.concat([head, body]);
  }
  const head = Buffer.alloc(10);
  head.set([first, 127]);
  head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}

/** Reads chunks like a socket: into one buffer, which the next chunk overwrites. */
function read(chunks: readonly Buffer[]): [number, string][] {
  const frames: [number, string][] = [];
  const reader = new FrameReader((opcode, bytes, start, end) => {
    frames.push([opcode, bytes.toString("utf8", start, end)]);
  });
  const shared = Buffer.alloc(Math.max(0, ...chunks.map(({ length }) => length)));
  for (const chunk of chunks) {
    chunk.copy(shared);
    reader.read(shared.subarray(0, chunk.length));
    shared.fill(0xff);
  }
  return frames;
}

it("counts every frame of a chunk", () => {
  const chunk = Buffer.concat(["a", "", "ccc"].map((text) => frame(Opcode.text, text)));
  expect(read([chunk])).toEqual([
    [Opcode.text, "a"],
    [Opcode.text, ""],
    [Opcode.text, "ccc"],
  ]);
});

it("reads all three forms of length", () => {
  const texts = ["x".repeat(125), "y".repeat(126), "z".repeat(0x1_0000)];
  const chunk = Buffer.concat(texts.map((text) => frame(Opcode.text, text)));
  expect(read([chunk]).map(([, text]) => text.length)).toEqual([125, 126, 0x1_0000]);
});

it("distinguishes a ping from a text", () => {
  expect(read([frame(Opcode.ping, "are you there")])).toEqual([[Opcode.ping, "are you there"]]);
});

it("finds the same frames for any split into chunks", () => {
  const payload = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.integer({ min: 120, max: 130 }).map((length) => "x".repeat(length)),
    fc.constant("y".repeat(0x1_0000)),
  );
  const cuts = fc.array(fc.nat(), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 8 }), cuts, (payloads, cuts) => {
      const stream = Buffer.concat(payloads.map((text) => frame(Opcode.text, text)));
      const places = cuts.map((cut) => cut % (stream.length + 1)).toSorted((a, b) => a - b);
      const edges = [0, ...places, stream.length];
      const chunks = edges.slice(1).map((end, i) => stream.subarray(edges[i], end));
      expect(read(chunks).map(([, text]) => text)).toEqual(payloads);
    }),
  );
});

it("finds the same frames if every chunk is one byte", () => {
  const stream = Buffer.concat([frame(Opcode.text, "x".repeat(300)), frame(Opcode.text, "end")]);
  const chunks = Array.from(stream, (byte) => Buffer.from([byte]));
  expect(read(chunks).map(([, text]) => text)).toEqual(["x".repeat(300), "end"]);
});
