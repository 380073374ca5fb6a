import { expect, it } from "vitest";
import { idOf } from "./random-id.ts";

it("makes ids that fit into addresses", () => {
  expect(idOf(new Uint8Array(16).fill(255))).toBe("_____________________w");
  expect(idOf(new Uint8Array(16).fill(0xfb))).toBe("-_v7-_v7-_v7-_v7-_v7-w");
});
