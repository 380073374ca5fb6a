import { afterEach, expect, it, vi } from "vitest";
import { pageWakeUps } from "./wake-ups.ts";

afterEach(() => vi.unstubAllGlobals());

it("wakes when the network is back, and when the page becomes visible", () => {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "hidden" });
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("document", document);
  const wake = vi.fn();
  const stop = pageWakeUps(wake);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(wake).toHaveBeenCalledTimes(0);
  document.visibilityState = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  expect(wake).toHaveBeenCalledTimes(1);
  page.dispatchEvent(new Event("online"));
  expect(wake).toHaveBeenCalledTimes(2);
  stop();
  page.dispatchEvent(new Event("online"));
  document.dispatchEvent(new Event("visibilitychange"));
  expect(wake).toHaveBeenCalledTimes(2);
});

it("listens to nothing outside a page", () => {
  const wake = vi.fn();
  pageWakeUps(wake)();
  expect(wake).not.toHaveBeenCalled();
});
