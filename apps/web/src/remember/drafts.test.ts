import { expect, it } from "vitest";
import { draftOf, keepDraft } from "./drafts.ts";
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
