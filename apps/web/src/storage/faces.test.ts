import { expect, it } from "vitest";
import { storedFaces } from "./faces.ts";
import { createTextStore } from "./stored.ts";
import { fakeStorage } from "./fake-storage.ts";

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
