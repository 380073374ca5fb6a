import { beforeEach, expect, it, vi } from "vitest";
import { reportUnlessRefused } from "./storage-failure.ts";

/** What was left for the next microtask. */
const later: (() => void)[] = [];
beforeEach(() => {
  later.length = 0;
  vi.stubGlobal("queueMicrotask", (task: () => void) => later.push(task));
});

it("takes what a browser's storage or a disk refuses for what it is", () => {
  reportUnlessRefused(new DOMException("The disk is full.", "QuotaExceededError"));
  reportUnlessRefused(Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" }));
  expect(later).toEqual([]);
});

it("reports any other error as uncaught", () => {
  reportUnlessRefused(new TypeError("It is not a function."));
  expect(later).toHaveLength(1);
  expect(later[0]).toThrow("It is not a function.");
});
