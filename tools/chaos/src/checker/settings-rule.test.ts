import type { LogEntry } from "@parley/protocol";
import { expect, it } from "vitest";
import { check } from "./checker.ts";
import { kinds, logOf, ONE, set, shown, telling, window } from "./example.ts";

const NAME = set(2, "name", "Bees");
const PIN = set(3, "pin:1", true);
const TOPIC = set(4, "topic", "hives");
const LOG = logOf([ONE, NAME, PIN, TOPIC]);

const deleted: LogEntry = {
  type: "deleted",
  payload: { id: "d", seq: 5, at: 5, from: ONE.payload.from, target: "a1", targetSeq: 1 },
};

it("accepts the settings that follow from the log, on every server", () => {
  expect(kinds([], telling(telling(LOG, NAME, PIN, TOPIC), NAME, PIN, TOPIC))).toEqual([]);
});

it("finds one that a server does not report, and says which", () => {
  const { violations } = check([], telling(telling(LOG, NAME, PIN, TOPIC), NAME, TOPIC));
  expect(violations).toEqual([
    {
      kind: "setting",
      what: "one tells name@2 topic@4, the log says name@2 pin:1@3 topic@4",
    },
  ]);
});

it("finds an old value, another value, and another order", () => {
  const renamed = set(5, "name", "Wasps");
  const log = logOf([...LOG.entries, renamed]);
  expect(kinds([], telling(log, PIN, TOPIC, renamed))).toEqual([]);
  expect(kinds([], telling(log, NAME, PIN, TOPIC))).toEqual(["setting"]);
  expect(kinds([], telling(log, PIN, TOPIC, set(5, "name", "Bees")))).toEqual(["setting"]);
  expect(kinds([], telling(log, renamed, PIN, TOPIC))).toEqual(["setting"]);
});

it("finds a removed one, by null or with its message", () => {
  const removed = logOf([...LOG.entries, set(5, "name", null)]);
  expect(kinds([], telling(removed, PIN, TOPIC))).toEqual([]);
  expect(kinds([], telling(removed, NAME, PIN, TOPIC))).toEqual(["setting"]);
  const unpinned = logOf([...LOG.entries, deleted]);
  expect(kinds([], telling(unpinned, NAME, TOPIC))).toEqual([]);
  expect(kinds([], telling(unpinned, NAME, PIN, TOPIC))).toEqual(["setting"]);
});

it("finds the settings of another log", () => {
  const told = [{ server: "one", epoch: "epoch-0", settings: [NAME, PIN, TOPIC] }];
  expect(kinds([], { ...LOG, told })).toEqual(["setting"]);
});

it("uses trimmed entries as they were shown: a setting stays, a pin goes with its message", () => {
  const sees = [window("Anna", "first", []), shown("Anna", ...LOG.entries)];
  const log = logOf([TOPIC], 4);
  expect(kinds(sees, telling(log, NAME, TOPIC))).toEqual([]);
  expect(kinds(sees, telling(log, TOPIC))).toEqual(["setting"]);
  expect(kinds(sees, telling(log, NAME, PIN, TOPIC))).toEqual(["setting"]);
});

it("says nothing if a part of the log is gone that nobody saw", () => {
  expect(kinds([], telling(logOf([TOPIC], 4), NAME, TOPIC))).toEqual([]);
});
