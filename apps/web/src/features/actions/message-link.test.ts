import { expect, it } from "vitest";
import { messageLink, seqOfHash } from "./message-link.ts";

it("names a room and a message, and is read back", () => {
  const link = messageLink("7k3-f9qd-2xm", 42, "https://chat.example");
  expect(link).toBe("https://chat.example/r/7k3-f9qd-2xm#42");
  expect(seqOfHash(new URL(link).hash)).toBe(42);
});

it("names no message where it is anything else", () => {
  for (const hash of ["", "#", "#0", "#-1", "#1.5", "#12a", "#1e3", `#${"9".repeat(40)}`]) {
    expect(seqOfHash(hash)).toBeUndefined();
  }
});
