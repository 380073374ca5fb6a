import { expect, it } from "vitest";
import { ada, ben, chat, deleted } from "./entries-for-tests.ts";
import { partEntries } from "./message.ts";
import { revise } from "./revise.ts";
import { countUnread } from "./unread.ts";

const people = { self: ada, members: [ada, ben], count: 2 };
const { batch, revisions } = partEntries([
  chat(1, { from: ben }),
  chat(2, { from: ben }),
  chat(3, { from: ada }),
  chat(4, { from: ben }),
  chat(5, { from: ben }),
  { ...deleted(6, 5), payload: { ...deleted(6, 5).payload, from: ben } } as ReturnType<
    typeof deleted
  >,
]);

it("counts the messages of others after the last one that was seen", () => {
  expect(countUnread({ messages: batch.slice(0, 4), lastRead: 1, people })).toBe(2);
  expect(countUnread({ messages: batch.slice(0, 4), lastRead: 4, people })).toBe(0);
  expect(countUnread({ messages: [], lastRead: 0, people })).toBe(0);
});

it("does not count what its author deleted", () => {
  expect(countUnread({ messages: batch, lastRead: 1, people })).toBe(3);
  expect(countUnread({ messages: revise(batch, revisions), lastRead: 1, people })).toBe(2);
});
