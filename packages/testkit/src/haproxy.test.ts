import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { adapted } from "./haproxy.ts";

const config = readFileSync(new URL("../../../deploy/haproxy.cfg", import.meta.url), "utf8");

it("changes only addresses and sizes in the settings of a host", () => {
  const lines = config.trimEnd().split("\n");
  const changed = adapted(config, 4_711, [4_001, 4_002]).trimEnd().split("\n");
  expect(changed.filter((line) => !lines.includes(line))).toEqual([
    "    maxconn 1000",
    "    bind 127.0.0.1:4711",
    "    server parley1 127.0.0.1:4001",
    "    server parley2 127.0.0.1:4002",
  ]);
  expect(lines.filter((line) => !changed.includes(line))).toEqual([
    "    maxconn 200000",
    "    bind :8080",
    "    server parley1 127.0.0.1:8081",
    "    server parley2 127.0.0.1:8082",
    "    server parley3 127.0.0.1:8083",
  ]);
});
