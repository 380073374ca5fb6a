import type { PendingMessage } from "@parley/client";
import { expect, it } from "vitest";
import { ada, ben, chat } from "../../room/entries-for-tests.ts";
import { partEntries } from "../../room/message.ts";
import { firstLine, lastLine } from "./one-line.ts";

it("is the first line with text, without its markers", () => {
  expect(firstLine("**Lunch** at _noon_\nBring bread")).toBe("Lunch at noon");
  expect(firstLine("> quoted\nanswered")).toBe("quoted");
  expect(firstLine("```js\nlet a = 1;\n```")).toBe("let a = 1;");
});

it("is cut between characters", () => {
  expect(firstLine("😀".repeat(500))).toBe(`${"😀".repeat(120)}…`);
});

it("is that of the last message whose deletion was not decided", () => {
  const state = {
    messages: partEntries([chat(1, { from: ben }), chat(2)]).batch,
    outgoing: [],
    people: { self: ada, members: [ada, ben], count: 2 },
    undoable: new Set<string>(),
  };
  const deletion: PendingMessage = {
    id: "d1",
    at: 0,
    frame: { type: "delete", payload: { target: "e2" } },
    state: { is: "queued" },
  };
  expect(lastLine(state)).toBe("You: m2");
  expect(lastLine({ ...state, undoable: new Set(["e2"]) })).toBe("Ben: m1");
  expect(lastLine({ ...state, outgoing: [deletion] })).toBe("Ben: m1");
});
