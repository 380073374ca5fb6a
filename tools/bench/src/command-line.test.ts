import { expect, it } from "vitest";
import { readCommandLine } from "./command-line.ts";

const rowsOf = (nodes: number | undefined) =>
  nodes === undefined ? ["cpu", "memory", "slow"] : ["nodes-cpu"];
const read = (...args: string[]) => readCommandLine(args, rowsOf);

it("measures everything in full by default", () => {
  const wish = { quick: false, nodes: undefined, only: undefined, plot: false };
  expect(read()).toEqual({ is: "wish", wish });
});

it("handles --help before anything else", () => {
  expect(read("--help", "--only", "cpus")).toEqual({ is: "help" });
});

it("accepts rows one by one or as a list", () => {
  const wish = { quick: true, nodes: undefined, only: ["cpu", "slow", "memory"], plot: true };
  expect(read("--quick", "--only", "cpu,slow", "--only=memory", "--plot")).toEqual({
    is: "wish",
    wish,
  });
});

it("lists the rows if an unknown one is asked for", () => {
  const answer = read("--only", "cpus");
  expect(answer).toEqual({
    is: "wrong",
    why: 'There is no row "cpus"; there are cpu, memory, slow.',
  });
});

it("accepts a number of nodes, which have their own rows", () => {
  expect(read("--nodes", "2", "--only", "nodes-cpu")).toEqual({
    is: "wish",
    wish: { quick: false, nodes: 2, only: ["nodes-cpu"], plot: false },
  });
  expect(read("--nodes", "2", "--only", "cpu").is).toBe("wrong");
  for (const nodes of ["1", "0", "-2", "two", "2.5", "1000", ""]) {
    expect(read(`--nodes=${nodes}`).is, nodes).toBe("wrong");
  }
});

it("refuses unknown arguments", () => {
  expect(read("--fast").is).toBe("wrong");
  expect(read("fast").is).toBe("wrong");
});
