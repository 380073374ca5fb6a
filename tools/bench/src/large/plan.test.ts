import { expect, it } from "vitest";
import { evenly, membersOf, planFor } from "./plan.ts";

it("gives each process no more members than it may have open files", () => {
  const { servers, proxies, parts } = planFor(100_000, 20_000);
  expect((100_000 / servers) * 1.5).toBeLessThan(20_000);
  expect((100_000 / proxies) * 2).toBeLessThan(20_000);
  for (const { count } of parts) expect(count).toBeLessThan(20_000);
});

it("gives every member to one generator", () => {
  const { parts } = planFor(50_001, 20_000);
  let next = 0;
  for (const { first, count } of parts) {
    expect(first).toBe(next);
    next += count;
  }
  expect(next).toBe(50_001);
});

it("gives no address to two generators, and none too many sockets", () => {
  const { parts } = planFor(100_000, 20_000);
  const addresses = parts.flatMap((part) => part.addresses);
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(addresses).not.toContain("127.0.0.1");
  for (const part of parts) expect(part.count / part.addresses.length).toBeLessThanOrEqual(7_500);
});

it("takes several servers even for few members", () => {
  expect(planFor(10, 20_000)).toEqual({
    servers: 2,
    proxies: 1,
    parts: [{ first: 0, count: 10, addresses: ["127.0.0.2"] }],
  });
});

it("divides evenly", () => {
  expect(evenly(10, 3)).toEqual([4, 3, 3]);
  expect([0, 1, 2].map((room) => membersOf(room, 10, 3))).toEqual([4, 3, 3]);
});
