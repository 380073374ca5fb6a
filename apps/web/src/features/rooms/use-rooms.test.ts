import { expect, it, vi } from "vitest";
import { bellIn, inSteadyOrder, lookAt, readLook } from "./use-rooms.ts";

const order = (...ids: string[]) =>
  inSteadyOrder(ids.map((roomId) => ({ roomId }))).map(({ roomId }) => roomId);

it("keeps rooms in their places, and puts a new one first", () => {
  expect(order("lake", "sea")).toEqual(["lake", "sea"]);
  expect(order("sea", "lake")).toEqual(["lake", "sea"]);
  expect(order("hill", "sea", "lake")).toEqual(["hill", "lake", "sea"]);
  expect(order("sea", "hill")).toEqual(["hill", "sea"]);
});

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
    more: false,
  });
  expect(readLook({ entries: [] })).toEqual({ unread: 0, more: false });
});

it("shows the last message also if it does not count all of them", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const isNewest = /[?&]limit=1(?:&|$)/.test(path);
    const entries = [chat("Ada", isNewest ? "The last" : "The hundredth")];
    return Response.json({ entries, more: true });
  });
  const { signal } = new AbortController();
  expect(await lookAt("123", 7, signal)).toMatchObject({ unread: 1, last: "Ada: The last" });
  expect(asked).toHaveLength(2);
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
