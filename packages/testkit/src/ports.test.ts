import { expect, it } from "vitest";
import { freePort } from "./ports.ts";

it("gives no port twice, although nobody listens on those that it gave", async () => {
  const ports = await Promise.all(Array.from({ length: 80 }, freePort));
  expect(new Set(ports).size).toBe(80);
});
