import { describe, expect, it } from "vitest";
import type { Stretch } from "./highlight.ts";
import {
  HIGHLIGHT_WITHIN_MS,
  Highlighter,
  type HighlightAnswer,
  type HighlightJob,
} from "./highlighter.ts";

/** A worker that the test answers for. */
interface FakeWorker {
  readonly posted: string[];
  ended: boolean;
  readonly answer: (answer: HighlightAnswer) => void;
  readonly fail: () => void;
}

/** A highlighter, the workers that it started, and a clock that the test moves. */
function setUp() {
  const workers: FakeWorker[] = [];
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  let now = 0;
  const highlighter = new Highlighter({
    open: (answer, fail) => {
      const worker: FakeWorker = { posted: [], ended: false, answer, fail };
      workers.push(worker);
      return {
        post: ({ code }) => worker.posted.push(code),
        terminate: () => {
          worker.ended = true;
        },
      };
    },
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  return {
    highlighter,
    workers,
    worker: (place: number) => {
      const worker = workers[place];
      if (!worker) throw new Error(`There is no worker ${place}.`);
      return worker;
    },
    pass: (ms: number) => {
      now += ms;
      for (const timer of timers) {
        if (timer.at > now || !timers.delete(timer)) continue;
        timer.run();
      }
    },
    get waits() {
      return timers.size;
    },
  };
}

const job = (code: string): HighlightJob => ({ code, language: "json" });
const inked = (text: string): readonly Stretch[] => [{ text, ink: "number" }];
const plain = (text: string): readonly Stretch[] => [{ text }];

describe("code", () => {
  it("is coloured by one worker, a piece at a time, the last one first", async () => {
    const { highlighter, workers, worker } = setUp();
    const asked = ["a", "b", "c"].map((code) => highlighter.highlight(job(code)));
    expect(workers).toHaveLength(1);
    expect(worker(0).posted).toEqual([]);
    worker(0).answer("ready");
    expect(worker(0).posted).toEqual(["c"]);
    for (const code of ["c", "b", "a"]) worker(0).answer(inked(code));
    expect(await Promise.all(asked)).toEqual([inked("a"), inked("b"), inked("c")]);
    expect(worker(0)).toMatchObject({ posted: ["c", "b", "a"], ended: false });
  });

  it("is cached, and coloured once for all who ask", async () => {
    const { highlighter, worker } = setUp();
    expect(highlighter.known(job("a"))).toBeUndefined();
    const first = highlighter.highlight(job("a"));
    worker(0).answer("ready");
    const second = highlighter.highlight(job("a"));
    worker(0).answer(inked("a"));
    expect(await first).toEqual(inked("a"));
    expect(await second).toEqual(inked("a"));
    expect(highlighter.known(job("a"))).toEqual(inked("a"));
    expect(highlighter.known({ code: "a", language: "css" })).toBeUndefined();
    expect(await highlighter.highlight(job("a"))).toEqual(inked("a"));
    expect(worker(0).posted).toEqual(["a"]);
  });

  it("is dropped from the cache when there is much more", async () => {
    const { highlighter, worker } = setUp();
    for (let i = 0; i <= 200; i += 1) {
      const asked = highlighter.highlight(job(`${i}`));
      if (i === 0) worker(0).answer("ready");
      worker(0).answer(inked(`${i}`));
      await asked;
    }
    expect(highlighter.known(job("0"))).toBeUndefined();
    expect(highlighter.known(job("1"))).toEqual(inked("1"));
    expect(highlighter.known(job("200"))).toEqual(inked("200"));
  });
});

describe("hostile code", () => {
  it("stays plain after a second; its worker is ended, and another one continues", async () => {
    const { highlighter, workers, worker, pass } = setUp();
    const honest = highlighter.highlight(job("honest"));
    const hostile = highlighter.highlight(job("hostile"));
    worker(0).answer("ready");
    pass(HIGHLIGHT_WITHIN_MS - 1);
    expect(worker(0).ended).toBe(false);
    pass(1);
    expect(worker(0)).toMatchObject({ posted: ["hostile"], ended: true });
    expect(await hostile).toEqual(plain("hostile"));
    worker(1).answer("ready");
    expect(worker(1).posted).toEqual(["honest"]);
    // The answer of the first worker arrives too late.
    worker(0).answer(inked("hostile"));
    worker(0).fail();
    worker(1).answer(inked("honest"));
    expect(await honest).toEqual(inked("honest"));
    expect(workers).toHaveLength(2);
  });

  it("is not tried again", async () => {
    const { highlighter, worker, workers, pass } = setUp();
    const hostile = highlighter.highlight(job("hostile"));
    worker(0).answer("ready");
    pass(HIGHLIGHT_WITHIN_MS);
    await hostile;
    expect(highlighter.known(job("hostile"))).toEqual(plain("hostile"));
    expect(await highlighter.highlight(job("hostile"))).toEqual(plain("hostile"));
    expect(workers).toHaveLength(1);
  });

  it("has its second from when the worker is loaded and free", async () => {
    const { highlighter, worker, pass } = setUp();
    const one = highlighter.highlight(job("one"));
    const two = highlighter.highlight(job("two"));
    pass(HIGHLIGHT_WITHIN_MS * 10);
    worker(0).answer("ready");
    pass(HIGHLIGHT_WITHIN_MS - 1);
    worker(0).answer(inked("two"));
    pass(HIGHLIGHT_WITHIN_MS - 1);
    worker(0).answer(inked("one"));
    expect(await Promise.all([one, two])).toEqual([inked("one"), inked("two")]);
    expect(worker(0).ended).toBe(false);
  });

  it("leaves no timer behind", async () => {
    const world = setUp();
    const asked = world.highlighter.highlight(job("a"));
    world.worker(0).answer("ready");
    expect(world.waits).toBe(1);
    world.worker(0).answer(inked("a"));
    await asked;
    expect(world.waits).toBe(0);
  });
});

describe("a worker that breaks", () => {
  it("before it is loaded leaves all code plain until the next request", async () => {
    const { highlighter, worker, workers } = setUp();
    const asked = ["a", "b"].map((code) => highlighter.highlight(job(code)));
    worker(0).fail();
    expect(await Promise.all(asked)).toEqual([plain("a"), plain("b")]);
    expect(highlighter.known(job("a"))).toBeUndefined();
    expect(workers).toHaveLength(1);
    const again = highlighter.highlight(job("a"));
    worker(1).answer("ready");
    worker(1).answer(inked("a"));
    expect(await again).toEqual(inked("a"));
  });

  it("over some code leaves that code plain", async () => {
    const { highlighter, worker } = setUp();
    const asked = ["a", "b"].map((code) => highlighter.highlight(job(code)));
    worker(0).answer("ready");
    worker(0).fail();
    expect(worker(0).ended).toBe(true);
    worker(1).answer("ready");
    worker(1).answer(inked("a"));
    expect(await Promise.all(asked)).toEqual([inked("a"), plain("b")]);
  });

  it("while idle is replaced when there is work", async () => {
    const { highlighter, worker } = setUp();
    const first = highlighter.highlight(job("a"));
    worker(0).answer("ready");
    worker(0).answer(inked("a"));
    await first;
    worker(0).fail();
    const second = highlighter.highlight(job("b"));
    worker(1).answer("ready");
    worker(1).answer(inked("b"));
    expect(await second).toEqual(inked("b"));
  });
});
