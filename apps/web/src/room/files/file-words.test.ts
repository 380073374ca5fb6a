import { expect, it } from "vitest";
import { duration, fileUrl, megabytes, minutes } from "./file-words.ts";

it.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_000, "1 kB"],
  [1_549, "1.5 kB"],
  [999_600, "1 MB"],
  [26_214_400, "26 MB"],
  [5_000_000_000, "5 GB"],
])("calls %i bytes %s", (bytes, words) => {
  expect(megabytes(bytes)).toBe(words);
});

it("tells times", () => {
  expect(minutes(0)).toBe("0:00");
  expect(minutes(65_400)).toBe("1:05");
  expect(duration(200)).toBe("1 s");
  expect(duration(20_000)).toBe("20 s");
  expect(duration(180_000)).toBe("3 min");
});

it("makes addresses", () => {
  expect(fileUrl({ id: "x", name: "a b/ü?.png" })).toBe("/files/x/a%20b%2F%C3%BC%3F.png");
});
