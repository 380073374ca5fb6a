import { describe, expect, it } from "vitest";
import { GrowingBuffer } from "./growing-buffer.ts";

describe("a growing buffer", () => {
  it("has all chunks in their order, and begins again once they are taken", () => {
    const buffer = new GrowingBuffer(1_000);
    for (const chunk of ["a", "", "bc", "d".repeat(500), "e"]) buffer.add(Buffer.from(chunk));
    expect([buffer.length, buffer.free]).toEqual([504, 496]);
    expect(buffer.take().toString()).toBe(`abc${"d".repeat(500)}e`);
    expect(buffer.length).toBe(0);
    expect(buffer.take()).toHaveLength(0);
  });

  it("does not alter what was taken", () => {
    const buffer = new GrowingBuffer(10);
    buffer.add(Buffer.from("first"));
    const first = buffer.take();
    buffer.add(Buffer.from("other"));
    expect(first.toString()).toBe("first");
  });

  it("holds no chunk: each is copied", () => {
    const buffer = new GrowingBuffer(10);
    const chunk = Buffer.from("a");
    buffer.add(chunk);
    chunk.write("b");
    buffer.add(chunk);
    expect(buffer.take().toString()).toBe("ab");
  });

  it("takes no more memory than it may hold", () => {
    const buffer = new GrowingBuffer(100);
    buffer.add(Buffer.alloc(60));
    buffer.add(Buffer.alloc(40));
    expect(() => buffer.add(Buffer.from("x"))).toThrow(RangeError);
    // Smaller buffers share their memory with others.
    const large = new GrowingBuffer(100_000);
    large.add(Buffer.alloc(60_000));
    large.add(Buffer.alloc(1));
    expect(large.take().buffer.byteLength).toBe(100_000);
  });
});
