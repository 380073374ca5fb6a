import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TimerWheel } from "./timer-wheel.ts";

const TICK_MS = 100;

/** Turns a wheel and gives the tick at which each of these waits was over. */
function endsOf(waits: readonly number[], ticks: number, slots?: number): (number | undefined)[] {
  const wheel = new TimerWheel(TICK_MS, slots);
  const ends: (number | undefined)[] = waits.map(() => undefined);
  let tick = 0;
  const noteEnd = (index: number) => () => {
    ends[index] = tick;
  };
  for (const [index, ms] of waits.entries()) wheel.after(ms, noteEnd(index));
  while (tick < ticks) {
    tick += 1;
    wheel.tick();
  }
  return ends;
}

describe("the wheel, turned by hand", () => {
  it("is never early and at most a tick late, for waits of whole ticks", () => {
    // A tick may come at once, so that the first one counts for nothing.
    expect(endsOf([0, 100, 1_000, 10_000], 200)).toEqual([1, 2, 11, 101]);
  });

  it("rounds other waits up to whole ticks", () => {
    expect(endsOf([1, 99, 101, 150], 10)).toEqual([2, 2, 3, 3]);
  });

  it("goes round more than once for a long wait", () => {
    expect(endsOf([100, 1_000, 2_500], 40, 4)).toEqual([2, 11, 26]);
  });

  it("runs each wait once", () => {
    const wheel = new TimerWheel(TICK_MS, 4);
    const run = vi.fn<() => void>();
    wheel.after(300, run);
    for (let i = 0; i < 100; i += 1) wheel.tick();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("does not run what was cancelled, and takes a second cancel calmly", () => {
    const wheel = new TimerWheel(TICK_MS);
    const run = vi.fn<() => void>();
    const cancel = wheel.after(300, run);
    wheel.tick();
    cancel();
    cancel();
    for (let i = 0; i < 10; i += 1) wheel.tick();
    expect(run).not.toHaveBeenCalled();
  });

  it("does not run what is cancelled in the very tick in which it is due", () => {
    const wheel = new TimerWheel(TICK_MS);
    const second = vi.fn<() => void>();
    wheel.after(100, () => cancel());
    const cancel = wheel.after(100, second);
    for (let i = 0; i < 10; i += 1) wheel.tick();
    expect(second).not.toHaveBeenCalled();
  });

  it("takes a wait that another one starts, and runs it in a later tick", () => {
    const wheel = new TimerWheel(TICK_MS, 2);
    const beats: number[] = [];
    let tick = 0;
    const beat = () => {
      beats.push(tick);
      wheel.after(TICK_MS, beat);
    };
    wheel.after(0, beat);
    while (tick < 7) {
      tick += 1;
      wheel.tick();
    }
    expect(beats).toEqual([1, 3, 5, 7]);
  });

  it("keeps every wait, for any number of waits and any size of the wheel", () => {
    const waits = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(waits, fc.integer({ min: 1, max: 64 }), (waits, slots) => {
        const due = waits.map((ms) => Math.ceil(ms / TICK_MS) + 1);
        expect(endsOf(waits, 60, slots)).toEqual(due);
      }),
    );
  });
});

describe("the wheel, by the clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("ticks until it is stopped", () => {
    const wheel = new TimerWheel(TICK_MS);
    const run = vi.fn<() => void>();
    const stop = wheel.start();
    wheel.after(1_000, run);
    vi.advanceTimersByTime(900);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(run).toHaveBeenCalledTimes(1);
    wheel.after(100, run);
    stop();
    vi.advanceTimersByTime(10_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("makes up for ticks that came late", () => {
    const wheel = new TimerWheel(TICK_MS);
    const run = vi.fn<() => void>();
    wheel.start();
    wheel.after(700, run);
    standStill(800);
    vi.advanceTimersByTime(TICK_MS);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("[P4] does not count the time in which the process stood still as anybody's silence", () => {
    const wheel = new TimerWheel(TICK_MS);
    const giveUp = vi.fn<() => void>();
    wheel.start();
    wheel.after(10_000, giveUp);
    standStill(60_000);
    vi.advanceTimersByTime(TICK_MS);
    expect(giveUp).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(giveUp).toHaveBeenCalledTimes(1);
  });

  /** The clock goes on and no timer runs, as while a process is suspended. */
  function standStill(ms: number): void {
    const then = performance.now() + ms;
    vi.spyOn(performance, "now").mockImplementationOnce(() => then);
  }
});
