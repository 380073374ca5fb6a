import { expect, it } from "vitest";
import { StorageHealth } from "./storage-health.ts";

function watched() {
  const lines: [level: string, facts: object, text: string][] = [];
  const clock = { ms: 0 };
  const line = (level: string) => (facts: object, text: string) => {
    lines.push([level, facts, text]);
  };
  const logger = { info: line("info"), warn: line("warn"), error: line("error") };
  return { health: new StorageHealth(logger, () => clock.ms), lines, clock };
}

it("tells a trouble once, however often it is met, and once that it is over", () => {
  const { health, lines, clock } = watched();
  for (let n = 0; n < 100; n += 1) health.is({ trouble: "disk_full", why: `${n}` });
  expect(health.trouble).toBe("disk_full");
  clock.ms = 12_000;
  health.is(undefined);
  health.is(undefined);
  expect(health.trouble).toBeUndefined();
  expect(lines).toEqual([
    ["error", { trouble: "disk_full", why: "0" }, "no message can be stored: the disk is full"],
    ["info", { trouble: "disk_full", seconds: 12 }, "messages are stored again"],
  ]);
});

it("tells when one trouble becomes another, and counts from the first", () => {
  const { health, lines, clock } = watched();
  health.is({ trouble: "disk_full", why: "" });
  clock.ms = 3_000;
  health.is({ trouble: "data_dir_gone", why: "" });
  clock.ms = 5_000;
  health.is(undefined);
  expect(lines.map(([level]) => level)).toEqual(["error", "error", "info"]);
  expect(lines[2]?.[1]).toEqual({ trouble: "data_dir_gone", seconds: 5 });
});

it("has nothing to tell if nothing is wrong", () => {
  const { health, lines } = watched();
  health.is(undefined);
  expect(lines).toEqual([]);
});
