import { expect, it } from "vitest";
import { fillerBody, probeBody } from "./body.ts";
import type { Guest } from "./guest.ts";
import { Tally } from "./tally.ts";

const guest = { place: { room: 0, seat: 0 } } as Guest;

function hear(tally: Tally, body: string): void {
  const bytes = Buffer.from(body);
  tally.message(guest, bytes, 0, bytes.length);
}

it("counts the messages of its run, and times the probes of the measured part", () => {
  const tally = new Tally("B", 1_000, 1, undefined);
  hear(tally, fillerBody({ mark: "B", bytes: 64 }));
  hear(tally, probeBody({ mark: "B", bytes: 64 }, 999));
  hear(tally, probeBody({ mark: "B", bytes: 64 }, 1_000));
  expect(tally.deliveries).toBe(3);
  expect(tally.samples.count).toBe(1);
});

it("ignores messages of an earlier run", () => {
  const tally = new Tally("B", 0, 1, undefined);
  hear(tally, probeBody({ mark: "A", bytes: 64 }, 5));
  expect(tally.deliveries).toBe(0);
  expect(tally.samples.count).toBe(0);
});
