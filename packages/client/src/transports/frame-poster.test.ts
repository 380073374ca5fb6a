import { describe, expect, it, vi } from "vitest";
import { settled } from "../testing/fake-clock.ts";
import { collectUncaught } from "../testing/uncaught.ts";
import { FramePoster } from "./frame-poster.ts";

/** A poster whose requests the test answers. */
function poster() {
  const bodies: string[] = [];
  const answers: ((response: Response | Error) => void)[] = [];
  const told: unknown[] = [];
  const own = new FramePoster({
    post(body) {
      bodies.push(body);
      return new Promise((resolve, reject) => {
        answers.push((response) => {
          if (response instanceof Error) reject(response);
          else resolve(response);
        });
      });
    },
    answered: (frame) => {
      if (frame instanceof Object) throw new Error("A bug.");
      told.push(frame);
    },
    failed: (code) => told.push(code),
  });
  const answer = async (response: Response | Error = Response.json({ frames: [] })) => {
    answers.shift()?.(response);
    await settled();
  };
  const sizes = () =>
    bodies.map((body) => (JSON.parse(body) as { frames: unknown[] }).frames.length);
  return { own, bodies, sizes, told, answer };
}

describe("[D6] frames over HTTP", () => {
  it("are sent in one request if they were sent in the same task", async () => {
    const { own, bodies } = poster();
    own.add("1");
    own.add("2");
    await settled();
    expect(bodies).toEqual(['{"frames":[1,2]}']);
  });

  it("wait for the answer to those before them", async () => {
    const { own, bodies, answer } = poster();
    own.add("1");
    await settled();
    own.add("2");
    own.add("3");
    await settled();
    expect(bodies).toHaveLength(1);
    await answer();
    expect(bodies).toEqual(['{"frames":[1]}', '{"frames":[2,3]}']);
  });

  it("are sent at most 64 at a time", async () => {
    const { own, sizes, answer } = poster();
    for (let n = 0; n < 129; n += 1) own.add(`${n}`);
    await settled();
    await answer();
    await answer();
    expect(sizes()).toEqual([64, 64, 1]);
  });

  it("are sent in requests of at most 16 KiB, and a frame of that size alone", async () => {
    const { own, sizes, bodies, answer } = poster();
    const half = JSON.stringify("é".repeat(4_000));
    const whole = JSON.stringify("a".repeat(16 * 1024 - 2));
    for (const text of [half, half, half, whole, "1"]) own.add(text);
    await settled();
    for (let n = 0; n < 4; n += 1) await answer();
    expect(sizes()).toEqual([2, 1, 1, 1]);
    for (const body of bodies) {
      expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(16 * 1024 + 64);
    }
  });

  it("report their answers in order", async () => {
    const { own, told, answer } = poster();
    own.add("1");
    await settled();
    await answer(Response.json({ frames: ["a", "b"] }));
    expect(told).toEqual(["a", "b"]);
  });

  it("are not lost if the client fails to handle an answer, and the failure is reported", async () => {
    const uncaught = collectUncaught();
    const { own, told, bodies, answer } = poster();
    own.add("1");
    await settled();
    own.add("2");
    await answer(Response.json({ frames: [{}, "b"] }));
    vi.unstubAllGlobals();
    expect(told).toEqual(["b"]);
    expect(bodies).toHaveLength(2);
    expect(uncaught).toEqual([new Error("A bug.")]);
  });

  it.each([
    ["is refused", new Response("", { status: 503 }), 1006],
    ["is too large", new Response("", { status: 413 }), 1009],
    ["is answered with something else", new Response("<html>"), 1006],
    ["is answered without frames", Response.json({}), 1006],
    ["is lost", new TypeError("Failed to fetch"), 1006],
  ])("fail where a request %s, and nothing follows it", async (_how, response, code) => {
    const { own, told, bodies, answer } = poster();
    own.add("1");
    await settled();
    own.add("2");
    await answer(response);
    await answer();
    expect(told).toEqual([code]);
    expect(bodies).toHaveLength(1);
  });
});
