import { expect, it } from "vitest";
import { draftAnswers, draftOf, keepDraft, keepDraftAnswers } from "./drafts.ts";
import { fakeStorage, fakeTextStore } from "./fake-storage.ts";
import { createTextStore } from "./text-store.ts";

it("keeps a draft for each room", () => {
  const store = fakeTextStore();
  keepDraft("one", "half a sent", store);
  keepDraft("two", "another", store);
  expect(draftOf("one", store)).toBe("half a sent");
  expect(draftOf("two", store)).toBe("another");
  expect(draftOf("three", store)).toBe("");
});

it("leaves nothing behind for a blank draft", () => {
  const storage = fakeStorage();
  const store = createTextStore(() => storage);
  keepDraft("one", "text", store);
  keepDraft("one", " \n", store);
  expect(storage.length).toBe(0);
});

it("keeps which message a draft answers, and takes nothing else for one", () => {
  const storage = fakeStorage();
  const store = createTextStore(() => storage);
  const answered = { id: "m1", from: { id: "ada", name: "Ada" }, text: "Is it?" };
  keepDraftAnswers("one", answered, store);
  expect(draftAnswers("one", store)).toEqual(answered);
  expect(draftAnswers("two", store)).toBeUndefined();
  for (const damaged of ["{", "7", '{"id":"m1","text":"x"}', '{"id":"m1","text":"x","from":{}}']) {
    storage.setItem("parley.draft-answers.one", damaged);
    expect(draftAnswers("one", store)).toBeUndefined();
  }
  keepDraftAnswers("one", undefined, store);
  expect(storage.length).toBe(0);
});
