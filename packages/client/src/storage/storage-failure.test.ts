import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { settled } from "../testing/fake-clock.ts";
import { collectUncaught } from "../testing/uncaught.ts";
import { reportUnlessRefused } from "./storage-failure.ts";

let uncaught: readonly unknown[] = [];
beforeEach(() => {
  uncaught = collectUncaught();
});
afterEach(() => vi.unstubAllGlobals());

it("accepts a refusal of the browser's storage or of a disk", async () => {
  reportUnlessRefused(new DOMException("The disk is full.", "QuotaExceededError"));
  reportUnlessRefused(Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" }));
  await settled();
  expect(uncaught).toEqual([]);
});

it("reports any other error as uncaught", async () => {
  reportUnlessRefused(new TypeError("It is not a function."));
  await settled();
  expect(uncaught).toEqual([new TypeError("It is not a function.")]);
});
