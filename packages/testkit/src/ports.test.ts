import { expect, it } from "vitest";
import { freePort } from "./ports.ts";

it("returns no port twice, even if nobody listens on the earlier ones", async () => {
  const ports = await Promise.all(Array.from({ length: 80 }, freePort));
  expect(new Set(ports).size).toBe(80);
});
