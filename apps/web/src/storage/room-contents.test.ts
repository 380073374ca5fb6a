import { expect, it } from "vitest";
import { storedDeletions, storedFaces } from "./room-contents.ts";
import { fakeStorage, fakeTextStore } from "./fake-storage.ts";
import { createTextStore } from "./stored.ts";

it("stores deletions for each room, and nothing without any", () => {
  const storage = fakeStorage();
  const store = createTextStore(() => storage);
  storedDeletions("one", store).write([{ id: "e1", at: 7 }]);
  expect(storedDeletions("one", store).read()).toEqual([{ id: "e1", at: 7 }]);
  expect(storedDeletions("two", store).read()).toEqual([]);
  storedDeletions("one", store).write([]);
  expect(storage.length).toBe(0);
});

it("reads damaged data as no deletions", () => {
  const store = fakeTextStore();
  for (const text of ["", "{", "7", '[null,{"id":1,"at":2},{"id":"e1"}]']) {
    store.set("parley.deletions.one", text);
    expect(storedDeletions("one", store).read()).toEqual([]);
  }
});

it("keeps the looks of a room's members, and takes nothing damaged", () => {
  const storage = fakeStorage();
  const texts = createTextStore(() => storage);
  const faces = new Map([
    ["ada", 3],
    ["ben", 17],
  ]);
  storedFaces("r1", texts).write(faces);
  expect(storedFaces("r1", texts).read()).toEqual(faces);
  expect(storedFaces("r2", texts).read()).toEqual(new Map());

  storage.setItem("parley.faces.r2", '[["ada",1],["ben",-1],["cleo"],7]');
  expect(storedFaces("r2", texts).read()).toEqual(new Map([["ada", 1]]));
});
