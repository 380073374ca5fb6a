import { expect, it } from "vitest";
import { bellIn, readLook } from "./look.ts";

const chat = (name: string, message: string) => ({
  type: "chat",
  payload: { message, from: { name } },
});

it("counts new messages, and shows the last one", () => {
  const reaction = { type: "react", payload: { emoji: "👍", from: { name: "Cy" } } };
  expect(
    readLook({ entries: [chat("Ada", "One"), chat("Ben", "**Two**\nlines"), reaction] }),
  ).toEqual({
    unread: 2,
    last: "Ben: Two",
  });
  expect(readLook({ entries: [] })).toEqual({ unread: 0 });
});

it("takes a refusal, or anything else, for no answer about messages", () => {
  for (const answer of [{ error: { code: "rate_limited" } }, "no", null, { entries: 3 }]) {
    expect(readLook(answer)).toBeUndefined();
  }
});

const from = { id: "ada", name: "Ada" };
const ring = { type: "rang", payload: { id: "m1", seq: 1, at: 5, from } };
const bellPage = { epoch: "b", head: 1, entries: [ring], more: false };

it("reads a page of the bell", () => {
  expect(bellIn(bellPage)).toMatchObject({ epoch: "b", head: 1, entries: [ring], recovered: true });
  expect(bellIn({ ...bellPage, reset: true })).toMatchObject({ recovered: false });
});

it("reads nothing in a refusal or the silence of a server", () => {
  expect(bellIn({ error: { code: "bad_token" } })).toBeUndefined();
  expect(bellIn(undefined)).toBeUndefined();
});
