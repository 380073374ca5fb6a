import { beforeEach, expect, it } from "vitest";
import type { AnimationFrames } from "./frame-batch.ts";
import { inputFriendlyFrames } from "./input-friendly-scheduler.ts";

const FRAME_MS = 16;

let time: number;
let press: (name?: string) => void;
let isListening: boolean;
let frames: ReturnType<typeof inputFriendlyFrames>;
let done: number[];
/** How many items each work was to take at the most. */
let taken: (number | undefined)[];
/** The scheduled callbacks by their time. */
let agenda: { at: number; run: () => void }[];

beforeEach(() => {
  time = 0;
  done = [];
  taken = [];
  agenda = [];
  const plan = (at: number, run: () => void) => {
    const entry = { at, run };
    agenda.push(entry);
    return () => {
      agenda = agenda.filter((each) => each !== entry);
    };
  };
  const page: AnimationFrames = {
    nextFrame: (run) => plan((Math.floor(time / FRAME_MS) + 1) * FRAME_MS, run),
    after: (ms, run) => plan(time + ms, run),
  };
  frames = inputFriendlyFrames(
    page,
    (listener) => {
      press = (name = "a") => listener(name);
      isListening = true;
      return () => {
        isListening = false;
      };
    },
    () => time,
  );
});

/** Advances the time; callbacks may take time themselves. */
function pass(ms: number): void {
  const until = time + ms;
  for (;;) {
    const next = agenda.toSorted((a, b) => a.at - b.at)[0];
    if (!next || next.at > until) break;
    agenda = agenda.filter((each) => each !== next);
    time = Math.max(time, next.at);
    next.run();
  }
  time = Math.max(time, until);
}

/** Work that takes this many ms, such as drawing. */
const draw = (ms: number) =>
  frames.nextFrame((itemsMax) => {
    done.push(time);
    taken.push(itemsMax);
    time += ms;
  });
/** A frame that took long: from now on frames count as heavy. */
function slowDown(): void {
  draw(60);
  pass(100);
  done = [];
  taken = [];
}

/** Types so many keys, and has something heavy to draw after each. */
function typeOn(keys: number): void {
  for (let typed = 0; typed < keys; typed += 1) {
    press();
    draw(60);
    pass(120);
  }
}

it("works in the next frame if frames are light, even while the user types", () => {
  draw(2);
  pass(20);
  press();
  draw(2);
  pass(20);
  expect(done).toEqual([16, 32]);
});

it("works in the next frame if nobody types, however heavy it is", () => {
  slowDown();
  draw(60);
  pass(20);
  expect(done).toHaveLength(1);
});

it("waits until a key is visible if frames are heavy, and works once for it", () => {
  slowDown();
  press();
  const pressed = time;
  draw(60);
  pass(120);
  expect(done).toHaveLength(1);
  expect((done[0] ?? 0) - pressed).toBeGreaterThan(FRAME_MS / 2);
  draw(60);
  pass(40);
  expect(done).toHaveLength(1);
  press();
  pass(60);
  expect(done).toHaveLength(2);
});

it("does not wait for keys that never come", () => {
  slowDown();
  press();
  pass(100);
  draw(60);
  pass(30);
  draw(60);
  pass(600);
  expect(done).toHaveLength(2);
});

it("has time for few items at a key while frames are heavy, and for all of them after a pause", () => {
  slowDown();
  typeOn(3);
  draw(60);
  pass(600);
  expect(taken).toEqual([4, 4, 4, undefined]);
});

it("shows what was sent at once, however heavy it is", () => {
  slowDown();
  typeOn(1);
  press("Enter");
  const pressed = time;
  draw(60);
  pass(20);
  expect(taken).toEqual([4, undefined]);
  expect((done[1] ?? 0) - pressed).toBeLessThanOrEqual(FRAME_MS);
});

it("shows a user who types on and on what has come, every five seconds", () => {
  slowDown();
  typeOn(100);
  const whole = taken.flatMap((most, index) => (most === undefined ? [done[index] ?? 0] : []));
  expect(whole).toHaveLength(2);
  expect((whole[1] ?? 0) - (whole[0] ?? 0)).toBeGreaterThanOrEqual(5_000);
});

it("draws all items if frames are light or nobody types", () => {
  press();
  draw(2);
  pass(600);
  expect(taken).toEqual([undefined]);
  slowDown();
  draw(60);
  pass(100);
  expect(taken).toEqual([undefined]);
});

it("forgets that frames were heavy", () => {
  slowDown();
  for (let n = 0; n < 30; n += 1) {
    draw(1);
    pass(20);
  }
  done = [];
  press();
  const pressed = time;
  draw(1);
  pass(20);
  expect(done[0]).toBeLessThanOrEqual(pressed + FRAME_MS);
});

it("does not run what was cancelled while it waited", () => {
  slowDown();
  press();
  const callOff = draw(60);
  pass(FRAME_MS);
  callOff();
  pass(500);
  expect(done).toEqual([]);
});

it("listens for keys until it is closed", () => {
  expect(isListening).toBe(true);
  frames.close();
  expect(isListening).toBe(false);
});
