import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "@parley/testkit/settled";
import { KeyedQueue } from "./keyed-queue.ts";

describe("turns", () => {
  let turns: KeyedQueue;
  let begun: string[];
  let ends: Map<string, PromiseWithResolvers<string>>;
  beforeEach(() => {
    [turns, begun, ends] = [new KeyedQueue(), [], new Map()];
  });

  function take(key: string, what: string): Promise<string> {
    return turns.add(key, () => {
      begun.push(what);
      const end = Promise.withResolvers<string>();
      ends.set(what, end);
      return end.promise;
    });
  }

  it("are taken one after the other by one author, however long each takes", async () => {
    const first = take("ann", "a1");
    const second = take("ann", "a2");
    const third = take("ann", "a3");
    await settled();
    expect(begun).toEqual(["a1"]);
    ends.get("a1")?.resolve("one");
    expect(await first).toBe("one");
    await settled();
    expect(begun).toEqual(["a1", "a2"]);
    ends.get("a2")?.resolve("two");
    await second;
    await settled();
    ends.get("a3")?.resolve("three");
    expect(await third).toBe("three");
  });

  it("are waited for also by one that comes while a later one is under way", async () => {
    const first = take("ann", "a1");
    const second = take("ann", "a2");
    ends.get("a1")?.resolve("one");
    await first;
    await settled();
    const third = take("ann", "a3");
    await settled();
    expect(begun).toEqual(["a1", "a2"]);
    ends.get("a2")?.resolve("two");
    await second;
    await settled();
    ends.get("a3")?.resolve("three");
    await third;
    await settled();
    expect(turns.size).toBe(0);
  });

  it("keep nobody waiting for another author", async () => {
    void take("ann", "a1");
    void take("bob", "b1");
    await settled();
    expect(begun).toEqual(["a1", "b1"]);
  });

  it("fail with the one that they waited for; later ones run again", async () => {
    const all = ["a1", "a2", "a3"].map((what) => take("ann", what));
    ends.get("a1")?.reject(new Error("away"));
    for (const failed of all) await expect(failed).rejects.toThrow("away");
    expect(begun).toEqual(["a1"]);
    await settled();
    expect(turns.size).toBe(0);
    const next = take("ann", "a4");
    ends.get("a4")?.resolve("four");
    expect(await next).toBe("four");
  });
});
