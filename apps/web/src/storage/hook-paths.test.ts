import { beforeEach, describe, expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import { forgetHookPath, rememberHookPath, storedHookPaths } from "./hook-paths.ts";
import type { TextStore } from "./stored.ts";

let texts: TextStore;
beforeEach(() => {
  texts = fakeTextStore();
});

describe("the paths of hooks", () => {
  it("are kept by room until their hook is revoked", () => {
    rememberHookPath("one", { id: "a", path: "/hooks/a" }, texts);
    rememberHookPath("one", { id: "b", path: "/hooks/b" }, texts);
    expect(storedHookPaths("two", texts).read()).toEqual([]);
    forgetHookPath("one", "a", texts);
    expect(storedHookPaths("one", texts).read()).toEqual([{ id: "b", path: "/hooks/b" }]);
    forgetHookPath("one", "b", texts);
    expect(texts.get("parley.hooks.one")).toBeUndefined();
  });

  it("leaves out what is damaged", () => {
    texts.set("parley.hooks.one", '[{"id":"a"},{"id":"b","path":"/hooks/b"}]');
    expect(storedHookPaths("one", texts).read()).toEqual([{ id: "b", path: "/hooks/b" }]);
  });
});
