import { expect, it } from "vitest";
import { coresIn } from "./cores.ts";

it("reads a list of cores as Linux writes it", () => {
  expect(coresIn("0-2,5\n")).toEqual([0, 1, 2, 5]);
  expect(coresIn("3")).toEqual([3]);
  expect(coresIn("\n")).toEqual([]);
});
