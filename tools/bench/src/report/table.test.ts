import { expect, it } from "vitest";
import { table } from "./table.ts";

it("pads its columns and is a table in Markdown", () => {
  const text = table(
    [
      { head: "server", align: "left" },
      { head: "p99", align: "right" },
    ],
    [
      ["Parley", "9.5 ms"],
      ["ws", "12 ms"],
    ],
  );
  expect(text).toBe(
    [
      "| server |    p99 |",
      "| ------ | -----: |",
      "| Parley | 9.5 ms |",
      "| ws     |  12 ms |",
    ].join("\n"),
  );
});

it("leaves out empty columns", () => {
  const columns = ["a", "b", "c"].map((head) => ({ head, align: "left" }) as const);
  expect(table(columns, [["1", "", "3"], ["4"]])).toBe(
    ["| a   | c   |", "| --- | --- |", "| 1   | 3   |", "| 4   |     |"].join("\n"),
  );
});
