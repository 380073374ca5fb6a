import { expect, it } from "vitest";
import { readLook } from "./look.ts";

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

it("takes a refusal, or anything else, for no answer", () => {
  for (const answer of [{ error: { code: "rate_limited" } }, "no", null, { entries: 3 }]) {
    expect(readLook(answer)).toBeUndefined();
  }
});
