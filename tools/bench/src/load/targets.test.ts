import { expect, it } from "vitest";
import { targetOf } from "./targets.ts";

const place = { room: 0, seat: 0 };

it("connects neighbours in a room to different nodes, and the first clients of rooms too", () => {
  const portOf = (room: number, seat: number) =>
    targetOf(0, { room, seat }, [20_001, 20_002], "/ws").port;
  expect([0, 1, 2].map((seat) => portOf(0, seat))).toEqual([20_001, 20_002, 20_001]);
  expect([0, 1, 2].map((room) => portOf(room, 0))).toEqual([20_001, 20_002, 20_001]);
});

it("connects all clients of a room to one node, if they are distributed by shard", () => {
  const portsOf = (room: number) =>
    [0, 1, 2].map((seat) => targetOf(0, { room, seat }, [1, 2, 3], "/ws", "by-shard").port);
  const rooms = Array.from({ length: 12 }, (_, room) => portsOf(room));
  for (const [first, ...others] of rooms) expect(others).toEqual([first, first]);
  expect(new Set(rooms.flat())).toEqual(new Set([1, 2, 3]));
});

it("uses another loopback address before the ports of one run out", () => {
  expect(targetOf(14_999, place, [1], "/ws").from).toBeUndefined();
  expect(targetOf(15_000, place, [1], "/ws").from).toBe("127.0.0.2");
});
