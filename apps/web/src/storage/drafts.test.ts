import { expect, it } from "vitest";
import { storedDraft, storedEdit, storedReply } from "./drafts.ts";
import { fakeStorage, fakeTextStore } from "./fake-storage.ts";
import { createTextStore } from "./stored.ts";

it("stores a draft for each room", () => {
  const store = fakeTextStore();
  storedDraft("one", store).write("half a sent");
  storedDraft("two", store).write("another");
  expect(storedDraft("one", store).read()).toBe("half a sent");
  expect(storedDraft("two", store).read()).toBe("another");
  expect(storedDraft("three", store).read()).toBe("");
});

it("stores nothing for a blank draft", () => {
  const storage = fakeStorage();
  const store = createTextStore(() => storage);
  storedDraft("one", store).write("text");
  storedDraft("one", store).write(" \n");
  expect(storage.length).toBe(0);
});

it("stores which message a draft replies to, and refuses anything else", () => {
  const storage = fakeStorage();
  const store = createTextStore(() => storage);
  const replyTo = { id: "m1", from: { id: "ada", name: "Ada" }, text: "Is it?" };
  storedReply("one", store).write(replyTo);
  expect(storedReply("one", store).read()).toEqual(replyTo);
  expect(storedReply("two", store).read()).toBeUndefined();
  for (const damaged of ["{", "7", '{"id":"m1","text":"x"}', '{"id":"m1","text":"x","from":{}}']) {
    storage.setItem("parley.draft-answers.one", damaged);
    expect(storedReply("one", store).read()).toBeUndefined();
  }
  storedReply("one", store).write(undefined);
  expect(storage.length).toBe(0);
});

it("stores which message is edited, with its new text, and refuses anything else", () => {
  const storage = fakeStorage();
  const store = createTextStore(() => storage);
  const edit = { is: "editing", id: "m1", text: "At nine", written: "At ten" } as const;
  storedEdit("one", store).write(edit);
  expect(storedEdit("one", store).read()).toEqual(edit);
  expect(storedEdit("two", store).read()).toBeUndefined();
  for (const damaged of [
    { ...edit, is: "new" },
    { ...edit, id: 1 },
    { is: "editing", id: "m1" },
  ]) {
    storage.setItem("parley.draft-edit.one", JSON.stringify(damaged));
    expect(storedEdit("one", store).read()).toBeUndefined();
  }
  storedEdit("one", store).write(undefined);
  expect(storage.length).toBe(0);
});
