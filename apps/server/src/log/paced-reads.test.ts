import { describe, expect, it } from "vitest";
import { HeldLog } from "../../test/held-log.ts";
import { settled } from "@parley/testkit/settled";
import { ENTRIES_READ_AT_ONCE } from "../limits/limits.ts";
import { LogUnavailable } from "./log.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { pacedReads } from "./paced-reads.ts";

const LIMIT = 200;
const AT_ONCE = ENTRIES_READ_AT_ONCE / LIMIT;

/** A log that answers no read, and twice as many reads as it is given at once. */
async function build() {
  const held = new HeldLog(new MemoryLog());
  held.hold("read");
  const log = pacedReads(held);
  const heads: string[] = [];
  for (let i = 0; i < AT_ONCE * 2; i += 1) {
    log.read("lobby", { limit: LIMIT }).then(
      () => heads.push(`read ${i}`),
      (error: unknown) => heads.push(`${error instanceof LogUnavailable} ${i}`),
    );
  }
  await settled();
  return { held, heads };
}

describe("reads of the log", () => {
  it("are so many at once that memory bears it, and wait in line beyond", async () => {
    const { held, heads } = await build();
    expect(held.waiting("read")).toBe(AT_ONCE);
    held.release("read");
    await settled();
    expect(heads).toEqual(["read 0"]);
    expect(held.waiting("read")).toBe(AT_ONCE);
  });

  it("go on if some fail", async () => {
    const { held, heads } = await build();
    for (let i = 0; i < AT_ONCE * 2; i += 1) {
      held.fail("read");
      await settled();
    }
    expect(heads).toEqual(Array.from({ length: AT_ONCE * 2 }, (_, i) => `true ${i}`));
  });

  it("are more at once if each is small", async () => {
    const held = new HeldLog(new MemoryLog());
    held.hold("read");
    const log = pacedReads(held);
    for (let i = 0; i < AT_ONCE * 4; i += 1) void log.read("lobby", { limit: LIMIT / 4 });
    await settled();
    expect(held.waiting("read")).toBe(AT_ONCE * 4);
  });
});

describe("a reader of the log", () => {
  /** A log that answers no read until it is told, and who was answered. */
  function build() {
    const held = new HeldLog(new MemoryLog());
    held.hold("read");
    const log = pacedReads(held, (address) => address.toLowerCase());
    const answered: string[] = [];
    const ask = (name: string, address = name, times = 1) => {
      for (let i = 0; i < times; i += 1) {
        void log.read("lobby", { limit: LIMIT }, address).then(() => answered.push(name));
      }
    };
    const answer = async (times: number) => {
      for (let i = 0; i < times; i += 1) {
        held.release("read");
        await settled();
      }
    };
    return { log, held, answered, ask, answer };
  }

  it("waits for no more pages of one who asked for a thousand than are read at once", async () => {
    const { ask, answer, answered } = build();
    ask("mallory", "mallory", 1_000);
    await settled();
    ask("ann");
    await answer(AT_ONCE + 1);
    expect(answered).toEqual([...Array.from({ length: AT_ONCE }, () => "mallory"), "ann"]);
  });

  it("has its next turn when all others had theirs", async () => {
    const { ask, answer, answered } = build();
    for (let n = 0; n < AT_ONCE; n += 1) ask(`${n}`);
    await settled();
    for (const name of ["a", "b", "c", "d"]) ask(name, name, 3);
    await answer(AT_ONCE + 12);
    expect(answered.slice(AT_ONCE).join("")).toBe("abcdabcdabcd");
  });

  it("has as many reads at once as there may be if nobody else reads", async () => {
    const { held, ask } = build();
    ask("ann", "ann", AT_ONCE + 1);
    await settled();
    expect(held.waiting("read")).toBe(AT_ONCE);
  });

  it("is a network: its addresses share one line", async () => {
    const { ask, answer, answered } = build();
    ask("one", "NET", 10);
    ask("two", "net", 10);
    await settled();
    ask("ann");
    await answer(AT_ONCE + 1);
    expect(answered.at(-1)).toBe("ann");
  });

  it("does not hold up what a room reads for itself", async () => {
    const { log, ask, answer, answered } = build();
    ask("mallory", "mallory", 1_000);
    await settled();
    void log.read("lobby", { limit: LIMIT }).then(() => answered.push("the room"));
    await answer(AT_ONCE + 1);
    expect(answered.at(-1)).toBe("the room");
  });
});
