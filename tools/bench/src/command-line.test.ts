import { expect, it } from "vitest";
import { readCommandLine, type RowsKind } from "./command-line.ts";

const rowsOf = ({ nodes, members }: RowsKind) => {
  if (members) return members.map((count) => `members-${count}`);
  return nodes === undefined ? ["cpu", "memory", "slow"] : ["nodes-cpu"];
};
const none = {
  quick: false,
  nodes: undefined,
  members: undefined,
  curves: false,
  rooms: undefined,
  only: undefined,
  plot: false,
};
const read = (...args: string[]) => readCommandLine(args, rowsOf);

it("measures everything in full by default", () => {
  expect(read()).toEqual({ is: "wish", wish: none });
});

it("handles --help before anything else", () => {
  expect(read("--help", "--only", "cpus")).toEqual({ is: "help" });
});

it("accepts rows one by one or as a list", () => {
  const wish = { ...none, quick: true, only: ["cpu", "slow", "memory"], plot: true };
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
    wish: { ...none, nodes: 2, only: ["nodes-cpu"] },
  });
  expect(read("--nodes", "2", "--only", "cpu").is).toBe("wrong");
  for (const nodes of ["1", "0", "-2", "two", "2.5", "1000", ""]) {
    expect(read(`--nodes=${nodes}`).is, nodes).toBe("wrong");
  }
});

it("accepts numbers of members, which choose their nodes", () => {
  expect(read("--members", "1000,5000")).toEqual({
    is: "wish",
    wish: { ...none, members: [1_000, 5_000] },
  });
  expect(read("--members", "1000", "--only", "members-1000").is).toBe("wish");
  for (const members of ["1", "1000,", "many", "1e9"]) {
    expect(read(`--members=${members}`).is, members).toBe("wrong");
  }
  expect(read("--members", "1000", "--nodes", "2").is).toBe("wrong");
});

it("accepts the range of the curves", () => {
  expect(read("--curves").is).toBe("wish");
  expect(read("--curves", "--members", "1000", "--rooms", "2,100", "--plot")).toEqual({
    is: "wish",
    wish: { ...none, curves: true, members: [1_000], rooms: [2, 100], plot: true },
  });
  expect(read("--curves", "--rooms", "0").is).toBe("wrong");
  expect(read("--rooms", "2").is).toBe("wrong");
  expect(read("--curves", "--nodes", "2").is).toBe("wrong");
});

it("refuses unknown arguments", () => {
  expect(read("--fast").is).toBe("wrong");
  expect(read("fast").is).toBe("wrong");
});
