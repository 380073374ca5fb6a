import { expect, it } from "vitest";
import { deploymentText } from "../processes/deployment.ts";
import { againstOthers, contendersFor } from "./contenders.ts";

const measured = contendersFor(3).map(({ subject, deployment }, place) => ({
  subject,
  variant: deploymentText(deployment),
  figure: place + 1,
  notes: [],
}));

it("compares nodes with one node on Redis and a single server, for us and for Socket.IO", () => {
  expect(measured.map(({ subject, variant }) => `${subject}: ${variant}`)).toEqual([
    "parley: 3 nodes on Redis",
    "parley: 1 node on Redis",
    "parley: 1 node by itself",
    "socket.io: 3 nodes on Redis",
    "socket.io: 1 node on Redis",
    "socket.io: 1 node by itself",
  ]);
});

it("prints first how the nodes compare, then what several nodes cost each server", () => {
  expect(againstOthers(measured).map(({ of, value }) => [of, value])).toEqual([
    ["Parley, 3 nodes on Redis against Socket.IO 4.8, 3 nodes on Redis", 1 / 4],
    ["Parley, 3 nodes on Redis against Parley, 1 node on Redis", 1 / 2],
    ["Parley, 3 nodes on Redis against Parley, 1 node by itself", 1 / 3],
    ["Socket.IO 4.8, 3 nodes on Redis against Socket.IO 4.8, 1 node on Redis", 4 / 5],
    ["Socket.IO 4.8, 3 nodes on Redis against Socket.IO 4.8, 1 node by itself", 4 / 6],
  ]);
});
