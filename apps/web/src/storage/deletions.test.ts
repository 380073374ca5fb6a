import { expect, it } from "vitest";
import { deletionsOf, keepDeletions } from "./deletions.ts";
import { fakeStorage, fakeTextStore } from "./fake-storage.ts";
import { createTextStore } from "./text-store.ts";

it("keeps deletions for each room, and nothing where there are none", () => {
  const storage = fakeStorage();
  const store = createTextStore(() => storage);
  keepDeletions("one", [{ id: "e1", at: 7 }], store);
  expect(deletionsOf("one", store)).toEqual([{ id: "e1", at: 7 }]);
  expect(deletionsOf("two", store)).toEqual([]);
  keepDeletions("one", [], store);
  expect(storage.length).toBe(0);
});

it("takes what it cannot read for nothing", () => {
  const store = fakeTextStore();
  for (const text of ["", "{", "7", '[null,{"id":1,"at":2},{"id":"e1"}]']) {
    store.set("parley.deletions.one", text);
    expect(deletionsOf("one", store)).toEqual([]);
  }
});
