import { expect, it } from "vitest";
import { ada, ben, chat, deleted } from "../../room/entries-for-tests.ts";
import { partEntries } from "../../room/message.ts";
import { revise } from "../../room/revise.ts";
import { announcementsOf } from "./announcer.tsx";

const messages = partEntries([
  chat(1, { from: ben }),
  chat(2, { from: ben, message: "hello" }),
  chat(3, { from: ada }),
]).batch;

it("announces messages of others that arrive after the log was opened", () => {
  expect(announcementsOf(messages, 1, ada.id)).toEqual([{ key: "2", text: "Ben: hello" }]);
});

it("does not announce the first window", () => {
  expect(announcementsOf(messages, 3, ada.id)).toEqual([]);
});

it("announces at most the last five, and the beginning of a long one", () => {
  const many = partEntries(Array.from({ length: 20 }, (_, i) => chat(i + 1, { from: ben }))).batch;
  expect(announcementsOf(many, 0, ada.id).map(({ key }) => key)).toEqual([
    "16",
    "17",
    "18",
    "19",
    "20",
  ]);
  const long = partEntries([chat(1, { from: ben, message: "x".repeat(4000) })]).batch;
  expect(announcementsOf(long, 0, ada.id)[0]?.text.length).toBeLessThan(300);
});

it("does not announce deleted messages", () => {
  const { batch, revisions } = partEntries([chat(1, { from: ada }), deleted(2, 1)]);
  expect(announcementsOf(revise(batch, revisions), 0, ben.id)).toEqual([]);
});

it("announces the text without its markers", () => {
  const styled = partEntries([chat(1, { from: ben, message: "_waves_ at **Ada**" })]).batch;
  expect(announcementsOf(styled, 0, ada.id)[0]?.text).toBe("Ben: waves at Ada");
});
