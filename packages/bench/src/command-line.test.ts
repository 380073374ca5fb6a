import { expect, it } from "vitest";
import { readCommandLine } from "./command-line.ts";

const rows = ["cpu", "memory", "slow"];
const read = (...args: string[]) => readCommandLine(args, rows);

it("measures everything in full unless told otherwise", () => {
  const wish = { quick: false, only: undefined, plot: false };
  expect(read()).toEqual({ is: "wish", wish });
});

it("takes rows one by one or as a list", () => {
  const wish = { quick: true, only: ["cpu", "slow", "memory"], plot: true };
  expect(read("--quick", "--only", "cpu,slow", "--only=memory", "--plot")).toEqual({
    is: "wish",
    wish,
  });
});

it("names the rows that there are to whoever asks for another", () => {
  const answer = read("--only", "cpus");
  expect(answer).toEqual({
    is: "wrong",
    why: 'There is no row "cpus"; there are cpu, memory, slow.',
  });
});

it("refuses what it does not know", () => {
  expect(read("--fast").is).toBe("wrong");
  expect(read("fast").is).toBe("wrong");
});
