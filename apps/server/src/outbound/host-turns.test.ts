import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { upTo } from "../../test/log-contract/entries.ts";
import { OUTBOUND_MAX, OUTBOUND_PER_HOST_MAX } from "../limits/limits.ts";
import { HostTurns } from "./host-turns.ts";

/** Requests that end when the test says so. */
function open() {
  const turns = new HostTurns();
  /** The hosts that were asked, in order. */
  const asked: string[] = [];
  const underWay: { readonly host: string; readonly end: () => void }[] = [];
  return {
    asked,
    underWay,
    ask(host: string, times = 1) {
      for (const _ of upTo(times)) {
        void turns.take(host, () => {
          asked.push(host);
          const { promise, resolve } = Promise.withResolvers<void>();
          underWay.push({ host, end: resolve });
          return promise;
        });
      }
    },
    /** Ends the oldest request to a host. */
    async end(host: string) {
      const at = underWay.findIndex((each) => each.host === host);
      underWay.splice(at, 1)[0]?.end();
      await setImmediate();
    },
  };
}

it("asks a host so often at once, and others meanwhile", async () => {
  const { ask, asked, underWay } = open();
  ask("slow", 500);
  ask("fast");
  await setImmediate();
  expect(underWay).toHaveLength(OUTBOUND_PER_HOST_MAX + 1);
  expect(asked.at(-1)).toBe("fast");
});

it("lets hosts take turns while all that may be is under way", async () => {
  const { ask, asked, underWay, end } = open();
  for (const n of upTo(OUTBOUND_MAX)) ask(`host ${n}`);
  ask("first", 3);
  ask("second", 2);
  ask("third");
  await setImmediate();
  expect(underWay).toHaveLength(OUTBOUND_MAX);
  for (const n of upTo(6)) await end(`host ${n}`);
  const turns = ["first", "second", "third", "first", "second", "first"];
  expect(asked.slice(OUTBOUND_MAX)).toEqual(turns);
  expect(underWay).toHaveLength(OUTBOUND_MAX);
});

it("goes on after a request that failed", async () => {
  const turns = new HostTurns();
  const fail = () => Promise.reject(new Error("a bug"));
  const failing = upTo(OUTBOUND_PER_HOST_MAX * 2).map(() => turns.take("a", fail));
  await Promise.allSettled(failing);
  expect(await turns.take("a", () => Promise.resolve("asked"))).toBe("asked");
});
