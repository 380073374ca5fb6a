import { expect, it } from "vitest";
import { againstPeers } from "./against.ts";

const line = (subject: "parley" | "ws-rooms" | "socket.io", figure: number) => ({
  subject,
  figure,
  notes: [],
});

it("compares our figure with each peer's, with the aims that exist", () => {
  const aim = { is: "at least", value: 6 } as const;
  const measured = [line("parley", 12), line("ws-rooms", 4), line("socket.io", 2)];
  expect(againstPeers(measured, { "socket.io": aim })).toEqual([
    { of: "against ws, a map of rooms", value: 3, unit: "×", aim: undefined },
    { of: "against Socket.IO 4.8", value: 6, unit: "×", aim },
  ]);
});

it("returns nothing without a figure of our own", () => {
  expect(againstPeers([line("ws-rooms", 4)], {})).toEqual([]);
});
