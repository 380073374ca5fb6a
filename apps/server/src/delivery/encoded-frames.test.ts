import { expect, it } from "vitest";
import { EncodedFrames } from "./encoded-frames.ts";

it("makes the bytes of a transport once, however many connections are sent them", () => {
  let made = 0;
  const lines = (texts: readonly string[]) => {
    made += 1;
    return Buffer.from(texts.map((text) => `${text}\n`).join(""));
  };
  const events = (texts: readonly string[]) => Buffer.from(texts.join("|"));
  const frames = new EncodedFrames(["a", "b"]);
  const first = frames.in(lines);
  expect(first.join()).toBe("a\nb\n");
  expect(frames.in(events).join()).toBe("a|b");
  expect(frames.in(lines)).toBe(first);
  expect(made).toBe(1);
});

it("selects frames, as views of the bytes of all", () => {
  const lines = (texts: readonly string[]) =>
    Buffer.from(texts.map((text) => `${text}\n`).join(""));
  const frames = new EncodedFrames(["a", "bé", "c", "d"]);
  for (const [kept, rest] of [
    [
      [1, 2, 3],
      ["bé", "c", "d"],
    ],
    [
      [0, 3],
      ["a", "d"],
    ],
    [
      [0, 2],
      ["a", "c"],
    ],
    [[2], ["c"]],
    [[], []],
  ] as const) {
    const some = frames.select(kept);
    expect([some.texts, Buffer.concat(some.in(lines))]).toEqual([rest, lines(rest)]);
    const [all] = frames.in(lines);
    for (const part of some.in(lines)) expect(part.buffer).toBe(all.buffer);
  }
});
