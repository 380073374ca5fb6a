import { describe, expect, it } from "vitest";
import { HookError, NO_ANSWER, type HookInfo } from "./hooks-api.ts";
import { refusalText, testText } from "./words.ts";

const webhook: HookInfo = {
  id: "w",
  name: "mirror",
  kind: "out",
  createdBy: "a",
  host: "a.example",
};

describe("what is said of a refusal", () => {
  it("uses its code, and includes an unknown one", () => {
    expect(refusalText(new HookError("too_many_hooks"))).toMatch(/^This room has 20 hooks/);
    expect(refusalText(new HookError(NO_ANSWER))).toMatch(/^The server did not answer/);
    expect(refusalText(new HookError("new_one"))).toBe("The server refused it (new_one).");
  });

  it("says how long to wait", () => {
    const wait = (ms: number) => refusalText(new HookError("rate_limited", ms));
    expect(wait(200)).toMatch(/in a second\.$/);
    expect(wait(1_001)).toMatch(/in 2 seconds\.$/);
    expect(wait(600_000)).toMatch(/in 10 minutes\.$/);
  });
});

describe("what is said of a test", () => {
  it("distinguishes what arrived from what did not", () => {
    expect(testText(webhook, { is: "answered", status: 204, arrived: true })).toBe(
      "It works: a.example answered with 204.",
    );
    expect(testText(webhook, { is: "answered", status: 500, arrived: false })).toMatch(
      /^a\.example answered with 500\. Only/,
    );
    expect(testText(webhook, { is: "forbidden", arrived: false })).toMatch(/^Nothing was sent/);
    expect(
      testText({ ...webhook, kind: "in" }, { is: "answered", status: 201, arrived: true }),
    ).toBe("It works: the test is in the room.");
  });
});
