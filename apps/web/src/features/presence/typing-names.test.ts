import { describe, expect, it } from "vitest";
import { ada, ben } from "../../room/entries-for-tests.ts";
import { typingSentence } from "./typing-names.tsx";

describe("who is typing", () => {
  it("is one name, two names, or several people", () => {
    const cleo = { id: "c", name: "Cleo" };
    expect(typingSentence([])).toBeUndefined();
    expect(typingSentence([ada])).toEqual({ named: [ada], rest: " is typing" });
    expect(typingSentence([ada, ben])).toEqual({ named: [ada, ben], rest: " are typing" });
    expect(typingSentence([ada, ben, cleo])).toEqual({
      named: [],
      rest: "Several people are typing",
    });
  });
});
