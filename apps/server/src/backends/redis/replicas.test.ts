import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LogUnavailable } from "../../log/log.ts";
import { ReplicaBarrier } from "./replicas.ts";
import type { RawCommand } from "./wire.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Servers of Redis by the first letter of a key, each with the WAITs that it has not answered. */
function open() {
  const servers = new Map<string, { connection: object; waits: Wait[] }>();
  const serverOf = (key: string) => {
    const name = key.charAt(0);
    const server = servers.get(name) ?? { connection: {}, waits: [] };
    servers.set(name, server);
    const ask = (command: RawCommand) =>
      new Promise<number>((answer, fail) => {
        server.waits.push({ withinMs: Number(command[2]), answer, fail });
      });
    return Promise.resolve({ connection: server.connection, ask });
  };
  /** What is told, in order. */
  const told: string[] = [];
  const barrier = new ReplicaBarrier({ serverOf }, 1, {
    missing: (why) => told.push(`missing: ${why}`),
    found: () => told.push("found"),
  });
  const outcomes: string[] = [];
  return {
    barrier,
    told,
    /** What became of the writes, in the order of the answers. */
    outcomes,
    write(key: string) {
      barrier.wait(key).then(
        () => outcomes.push(`${key} is there`),
        (error: unknown) =>
          outcomes.push(`${key} ${error instanceof LogUnavailable ? "refused" : String(error)}`),
      );
    },
    /** Gives the WAITs that a server was sent since the last call. */
    async waits(name = "a"): Promise<Wait[]> {
      for (let turn = 0; turn < 3; turn += 1) await setImmediate();
      return servers.get(name)?.waits.splice(0) ?? [];
    },
  };
}

interface Wait {
  readonly withinMs: number;
  readonly answer: (reached: number) => void;
  readonly fail: (error: Error) => void;
}

describe("[D1] the wait for replicas", () => {
  it("is one at a time, and what was written meanwhile shares the next one", async () => {
    const { write, waits, outcomes } = open();
    for (const key of ["a1", "a2"]) write(key);
    const [first, ...others] = await waits();
    expect(others).toEqual([]);
    for (const key of ["a3", "a4", "a3"]) {
      write(key);
      expect(await waits()).toEqual([]);
    }
    first?.answer(1);
    const [second, ...more] = await waits();
    expect(more).toEqual([]);
    expect(outcomes).toEqual(["a1 is there", "a2 is there"]);
    second?.answer(1);
    expect(await waits()).toEqual([]);
    expect(outcomes.slice(2)).toEqual(["a3 is there", "a4 is there", "a3 is there"]);
  });

  it("is one for each server, and short if that of one is", async () => {
    const { barrier, write, waits, outcomes, told } = open();
    write("a1");
    write("b1");
    const [[onA], [onB]] = [await waits("a"), await waits("b")];
    onB?.answer(1);
    onA?.answer(0);
    write("b2");
    (await waits("b"))[0]?.answer(1);
    await waits();
    expect(outcomes).toEqual(["b1 is there", "a1 refused", "b2 is there"]);
    expect(barrier.isShort).toBe(true);
    expect(told).toEqual(["missing: 0 of 1 replicas have the entry"]);
  });

  it("[D4] that fell short refuses what comes, until a short one finds enough", async () => {
    const { barrier, write, waits, outcomes, told } = open();
    write("a1");
    const [wait] = await waits();
    write("a2");
    await waits();
    wait?.answer(0);
    expect(await waits()).toEqual([]);
    write("a3");
    expect(await waits()).toEqual([]);
    expect(outcomes).toEqual(["a1 refused", "a2 refused", "a3 refused"]);
    vi.advanceTimersByTime(5_000);
    const [probe, ...others] = await waits();
    expect(others).toEqual([]);
    expect(probe?.withinMs).toBeLessThan(wait?.withinMs ?? 0);
    probe?.answer(0);
    await waits();
    write("a4");
    vi.advanceTimersByTime(1_000);
    const [again] = await waits();
    again?.answer(1);
    await waits();
    write("a5");
    (await waits())[0]?.answer(1);
    await waits();
    expect(outcomes.slice(3)).toEqual(["a4 refused", "a5 is there"]);
    expect(told).toEqual(["missing: 0 of 1 replicas have the entry", "found"]);
    expect(barrier.isShort).toBe(false);
    vi.advanceTimersByTime(5_000);
    expect(await waits()).toEqual([]);
  });

  it("[D4] that is not answered refuses what shared it or came meanwhile, and nothing later", async () => {
    const { write, waits, outcomes } = open();
    write("a1");
    const [wait] = await waits();
    write("a2");
    await waits();
    wait?.fail(new LogUnavailable("away"));
    expect(await waits()).toEqual([]);
    write("a3");
    (await waits())[0]?.answer(1);
    await waits();
    expect(outcomes).toEqual(["a1 refused", "a2 refused", "a3 is there"]);
  });

  it("[D4] asks again if a server goes that had too few", async () => {
    const { write, waits, outcomes } = open();
    write("a1");
    (await waits())[0]?.answer(0);
    await waits();
    vi.advanceTimersByTime(1_000);
    (await waits())[0]?.fail(new LogUnavailable("away"));
    await waits();
    write("a2");
    (await waits())[0]?.answer(1);
    await waits();
    expect(outcomes).toEqual(["a1 refused", "a2 is there"]);
  });
});
