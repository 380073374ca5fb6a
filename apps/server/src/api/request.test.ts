import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { bytesOf, partsOf } from "./request.ts";

/** A body that comes byte by byte, in one buffer that is written again: a chunk that is held, not copied, changes. */
function byteByByte(text: string): IncomingMessage {
  async function* chunks() {
    const chunk = Buffer.alloc(1);
    for (const byte of text) {
      chunk.write(byte);
      yield chunk;
    }
  }
  return { iterator: chunks } as unknown as IncomingMessage;
}

/** A body in these chunks. */
function inChunks(...chunks: readonly string[]): IncomingMessage {
  async function* all() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  return { iterator: all } as unknown as IncomingMessage;
}

async function textsOf(parts: AsyncIterable<Buffer>): Promise<string[]> {
  const texts = [];
  for await (const part of parts) texts.push(part.toString());
  return texts;
}

describe("a body", () => {
  it("is held without its chunks: a byte takes a byte", async () => {
    expect((await bytesOf(byteByByte("a body"), 6)).toString()).toBe("a body");
    expect(await textsOf(partsOf(byteByByte("a body"), 4))).toEqual(["a bo", "dy"]);
  });

  it("is refused once it is over the limit, and reading stops", async () => {
    expect((await bytesOf(inChunks("abc", "def"), 6)).toString()).toBe("abcdef");
    await expect(bytesOf(inChunks("abc", "defg"), 6)).rejects.toMatchObject({
      code: "body_too_large",
    });
    expect(await bytesOf(inChunks(), 6)).toHaveLength(0);
  });

  it("has parts of one size, and a last one that may be shorter", async () => {
    expect(await textsOf(partsOf(inChunks("abcdefghij", "k"), 4))).toEqual(["abcd", "efgh", "ijk"]);
    expect(await textsOf(partsOf(inChunks("ab", "cd"), 4))).toEqual(["abcd"]);
    expect(await textsOf(partsOf(inChunks(), 4))).toEqual([]);
  });
});
