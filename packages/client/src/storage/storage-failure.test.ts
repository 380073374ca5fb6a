import { beforeEach, expect, it, vi } from "vitest";
import { reportUnlessRefused } from "./storage-failure.ts";

/** Callbacks for the next microtask. */
const later: (() => void)[] = [];
beforeEach(() => {
  later.length = 0;
  vi.stubGlobal("queueMicrotask", (task: () => void) => later.push(task));
});

it("accepts a refusal of the browser's storage or of a disk", () => {
  reportUnlessRefused(new DOMException("The disk is full.", "QuotaExceededError"));
  reportUnlessRefused(Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" }));
  expect(later).toEqual([]);
});

it("reports any other error as uncaught", () => {
  reportUnlessRefused(new TypeError("It is not a function."));
  expect(later).toHaveLength(1);
  expect(later[0]).toThrow("It is not a function.");
});
