import { describe, expect, it } from "vitest";
import { HeldLog } from "../../test/held-log.ts";
import { settled } from "../../test/settled.ts";
import { ENTRIES_READ_AT_ONCE } from "../limits.ts";
import { LogUnavailable } from "./log.ts";
import { MemoryLog } from "./memory.ts";
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

  it("go on where some fail", async () => {
    const { held, heads } = await build();
    for (let i = 0; i < AT_ONCE * 2; i += 1) {
      held.fail("read");
      await settled();
    }
    expect(heads).toEqual(Array.from({ length: AT_ONCE * 2 }, (_, i) => `true ${i}`));
  });

  it("are more at once where each is small", async () => {
    const held = new HeldLog(new MemoryLog());
    held.hold("read");
    const log = pacedReads(held);
    for (let i = 0; i < AT_ONCE * 4; i += 1) void log.read("lobby", { limit: LIMIT / 4 });
    await settled();
    expect(held.waiting("read")).toBe(AT_ONCE * 4);
  });
});
