import { expect, it } from "vitest";
import { readRetention, retentionSentence } from "./retention-notice.tsx";

const rest = "so that everyone can catch up. Anyone with the code can read them.";

it.each([
  [90, null, `Messages stay on this server for 90 days ${rest}`],
  [1, null, `Messages stay on this server for a day ${rest}`],
  [null, null, `Messages stay on this server for good ${rest}`],
  [null, 500, `Messages stay on this server for good, the last 500 of a room, ${rest}`],
  [90, 100_000, `Messages stay on this server for 90 days, the last 100,000 of a room, ${rest}`],
])("says for how long messages are kept: %s days, %s entries", (days, entries, sentence) => {
  expect(retentionSentence({ retentionDays: days, historyLimit: entries })).toBe(sentence);
});

it("is general if the server does not say", () => {
  expect(retentionSentence(undefined)).toBe(`Messages stay on this server ${rest}`);
});

it.each([undefined, null, "x", {}, { retentionDays: "90", historyLimit: null }])(
  "takes any other answer for none: %j",
  (answer) => {
    expect(readRetention(answer)).toBeUndefined();
  },
);
