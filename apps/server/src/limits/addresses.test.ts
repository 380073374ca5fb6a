import { describe, expect, it } from "vitest";
import { Addresses, networkKey } from "./addresses.ts";
import { readConfig } from "../config.ts";
import { FakeTime } from "../../test/fake-time.ts";

/** Two connections and two new rooms an address. */
function build() {
  const time = new FakeTime();
  const rates = { ...readConfig({ NEW_ROOMS_PER_MINUTE: "2" }).rates, connections: 2 };
  return { time, addresses: new Addresses(rates, time.now) };
}

describe("network addresses", () => {
  it("has room for so many connections of one address, and for more of another", () => {
    const { addresses } = build();
    const first = addresses.admit("192.0.2.1");
    expect(first).toBeDefined();
    expect(addresses.admit("192.0.2.1")).toBeDefined();
    expect(addresses.admit("192.0.2.1")).toBeUndefined();
    expect(addresses.admit("192.0.2.2")).toBeDefined();
    first?.();
    expect(addresses.admit("192.0.2.1")).toBeDefined();
    expect(addresses.admit("192.0.2.1")).toBeUndefined();
  });

  it.each([
    ["an IPv4 address inside IPv6", "192.0.2.1", "::ffff:192.0.2.1"],
    ["the same, in hextets", "192.0.2.1", "::ffff:c000:201"],
    ["another host of one /64", "2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"],
    ["another spelling", "2001:db8::1", "2001:0DB8:0:0:0:0:0:1"],
    ["an address with a zone", "fe80::1", "fe80::1%eth0"],
    ["what is no address", "unknown", "unknown"],
  ])("takes %s for the same network", (_what, one, other) => {
    const { addresses } = build();
    expect(addresses.newRoomsOf(other)).toBe(addresses.newRoomsOf(one));
  });

  it.each([
    ["another IPv4 address", "192.0.2.1", "192.0.2.2"],
    ["another /64", "2001:db8:1:2::1", "2001:db8:1:3::1"],
    ["IPv4 and IPv6 at home", "127.0.0.1", "::1"],
  ])("takes %s for another network", (_what, one, other) => {
    const { addresses } = build();
    expect(addresses.newRoomsOf(other)).not.toBe(addresses.newRoomsOf(one));
  });

  it("tells the networks of more addresses apart than it remembers", () => {
    const spellings = Array.from({ length: 10_001 }, (_, n) => {
      const [high, low] = [Math.floor(n / 250), n % 250];
      return [`198.18.${high}.${low}`, `::ffff:198.18.${high}.${low}`] as const;
    });
    const keys = spellings.map(([one]) => networkKey(one));
    expect(new Set(keys).size).toBe(10_001);
    expect(spellings.map(([, other]) => networkKey(other))).toEqual(keys);
    expect(spellings.map(([one]) => networkKey(one))).toEqual(keys);
  });

  it("forgets a network that uses nothing", () => {
    const { time, addresses } = build();
    const bucket = addresses.newRoomsOf("192.0.2.1");
    addresses.sweep();
    expect(addresses.newRoomsOf("192.0.2.1")).not.toBe(bucket);
    expect(addresses.newRoomsOf("192.0.2.1").wait(time.now())).toBe(0);
  });

  it("remembers one that opened new rooms lately, though it has left", () => {
    const { time, addresses } = build();
    const countOut = addresses.admit("192.0.2.1");
    const bucket = addresses.newRoomsOf("192.0.2.1");
    bucket.take(time.now());
    countOut?.();
    addresses.sweep();
    expect(addresses.newRoomsOf("192.0.2.1")).toBe(bucket);
    time.pass(30_000);
    addresses.sweep();
    expect(addresses.newRoomsOf("192.0.2.1")).not.toBe(bucket);
  });

  it("remembers one that stored something lately, over all hosts of its network", () => {
    const { time, addresses } = build();
    const bucket = addresses.storageOf("2001:db8:1:2::1");
    bucket.take(time.now(), 1_000);
    addresses.sweep();
    expect(addresses.storageOf("2001:db8:1:2::9")).toBe(bucket);
    time.pass(1_000);
    addresses.sweep();
    expect(addresses.storageOf("2001:db8:1:2::1")).not.toBe(bucket);
  });

  it("tells how long to read no more if one sent too many frames, or bytes", () => {
    const { time, addresses } = build();
    expect(addresses.sent("192.0.2.1", 2_999, 0)).toBe(0);
    expect(addresses.sent("192.0.2.1", 300, 0)).toBe(1_000);
    expect(addresses.sent("192.0.2.1", 0, 0)).toBe(1_000);
    expect(addresses.sent("192.0.2.2", 1, 4_194_304 + 262_143)).toBe(1_000);
    expect(addresses.sent("192.0.2.3", 1, 16_384)).toBe(0);
    time.pass(1_000);
    expect(addresses.sent("192.0.2.1", 0, 0)).toBe(0);
    expect(addresses.sent("192.0.2.2", 0, 0)).toBe(0);
  });

  it("remembers one that is connected, so that its connections are counted once", () => {
    const { addresses } = build();
    addresses.admit("192.0.2.1");
    const countOut = addresses.admit("192.0.2.1");
    addresses.sweep();
    expect(addresses.admit("192.0.2.1")).toBeUndefined();
    countOut?.();
    expect(addresses.admit("192.0.2.1")).toBeDefined();
  });
});
