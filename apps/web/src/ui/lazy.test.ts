import { beforeEach, describe, expect, it, vi } from "vitest";
import { keepFetching, lazyPart } from "./lazy.tsx";

beforeEach(() => {
  vi.useFakeTimers();
  const page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("dispatchEvent", page.dispatchEvent.bind(page));
});

/** Fetches a part that fails at first; records the times of all tries, in ms. */
function fetchFailing(failures: number) {
  const begun = Date.now();
  const tries: number[] = [];
  const fetched = vi.fn();
  const failed = vi.fn();
  const lazy = lazyPart(async () => {
    tries.push(Date.now() - begun);
    if (tries.length <= failures) throw new TypeError("Failed to fetch");
    return "the part";
  });
  return { tries, fetched, failed, stop: keepFetching(lazy, fetched, failed) };
}

describe("a part that could not be fetched", () => {
  it("is fetched again after longer and longer pauses, until it is there", async () => {
    const { tries, fetched, failed } = fetchFailing(6);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(tries).toEqual([0, 2_000, 6_000, 14_000, 30_000, 60_000, 90_000]);
    expect(failed).toHaveBeenCalledTimes(6);
    expect(fetched.mock.calls).toEqual([["the part"]]);
  });

  it("is fetched again as soon as there is a network, and once only", async () => {
    const { tries, fetched } = fetchFailing(1);
    await vi.advanceTimersByTimeAsync(500);
    dispatchEvent(new Event("online"));
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries).toEqual([0, 500]);
    expect(fetched).toHaveBeenCalledOnce();
  });

  it("is not fetched once nobody waits for it", async () => {
    const { tries, failed, stop } = fetchFailing(9);
    await vi.advanceTimersByTimeAsync(3_000);
    stop();
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries).toEqual([0, 2_000]);
    expect(failed).toHaveBeenCalledTimes(2);
  });
});
