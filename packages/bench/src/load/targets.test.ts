import { expect, it } from "vitest";
import { targetOf } from "./targets.ts";

it("takes the ports of the nodes in turn", () => {
  expect([0, 1, 2].map((index) => targetOf(index, [20_001, 20_002], "/ws").port)).toEqual([
    20_001, 20_002, 20_001,
  ]);
});

it("comes from another loopback address before the ports of one run out", () => {
  expect(targetOf(14_999, [1], "/ws").from).toBeUndefined();
  expect(targetOf(15_000, [1], "/ws").from).toBe("127.0.0.2");
});
