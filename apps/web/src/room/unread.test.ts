import { expect, it } from "vitest";
import { ada, ben, chat } from "./entries-for-tests.ts";
import { partEntries } from "./message.ts";
import { badgeText } from "../features/notifications/badge.ts";
import { tabTitle, unreadIn } from "./unread.ts";

const people = { self: ada, members: [ada, ben], count: 2 };
const messages = partEntries([
  chat(1, { from: ben }),
  chat(2, { from: ben }),
  chat(3, { from: ada }),
  chat(4, { from: ben }),
]).batch;

it("counts the messages of others after the last one that was seen", () => {
  expect(unreadIn({ messages, readTo: 1, people })).toBe(2);
  expect(unreadIn({ messages, readTo: 4, people })).toBe(0);
  expect(unreadIn({ messages: [], readTo: 0, people })).toBe(0);
});

it("stands on the tab before the room", () => {
  expect(tabTitle("lobby", 0)).toBe("lobby · Parley");
  expect(tabTitle("lobby", 3)).toBe("(3) lobby · Parley");
});

it("stands on the icon as one figure", () => {
  expect([0, 1, 9, 10, 250].map(badgeText)).toEqual(["", "1", "9", "9+", "9+"]);
});
