import { expect, it } from "vitest";
import { ben, chat } from "./entries-for-tests.ts";
import { partEntries } from "./message.ts";
import { emptyView } from "./reduce.ts";
import { repliedMessage, isEarlier } from "./reply.ts";

const { batch: messages } = partEntries([chat(5), chat(7, { id: "e5", from: ben })]);

it("is the one with the server's seq, if two have one id", () => {
  expect(repliedMessage({ messages }, { id: "e5", seq: 5 })?.seq).toBe(5);
  expect(repliedMessage({ messages }, { id: "e5", seq: 7 })?.seq).toBe(7);
});

it("is found by its id while the reply is pending", () => {
  expect(repliedMessage({ messages }, { id: "e5" })).toBe(messages[1]);
  expect(repliedMessage({ messages }, { id: "e6" })).toBeUndefined();
});

it("is not another message at the same seq", () => {
  expect(repliedMessage({ messages }, { id: "e6", seq: 5 })).toBeUndefined();
});

it("may be on an earlier page, unless there is none", () => {
  const view = { ...emptyView(0), messages, oldest: 5 };
  const more = { ...view, older: { is: "more", before: 5 } as const };
  expect(isEarlier(more, { id: "e2", seq: 2 })).toBe(true);
  expect(isEarlier(more, { id: "e6", seq: 6 })).toBe(false);
  expect(isEarlier({ ...view, older: { is: "trimmed" } }, { id: "e2", seq: 2 })).toBe(false);
  expect(isEarlier({ ...view, older: { is: "beginning" } }, { id: "e2", seq: 2 })).toBe(false);
});
