import { expect, it } from "vitest";
import { wrongRings, type BellRecord } from "./bell-rule.ts";
import { chat } from "./example.ts";

const EPOCH = "bell-1";
const rings = ["b1", "b2", "b3"].map((id, at) => {
  return { id, seq: at + 1, at, from: { id: "ben", name: "ben" } };
});
const told = rings.map((ring) => ({ epoch: EPOCH, ring }));
const good: BellRecord = {
  client: "Anna",
  epoch: EPOCH,
  kept: rings,
  heard: told,
  written: [chat(1, "b1", "ben"), chat(2, "b3", "ben")],
};
const kinds = (record: Partial<BellRecord>) =>
  wrongRings({ ...good, ...record }).map(({ kind }) => kind);

it("[W4] finds nothing where every message rang once, and every ring was told once", () => {
  expect(kinds({})).toEqual([]);
});

it("finds a message that did not ring, unless the bell was trimmed", () => {
  const written = [...good.written, chat(3, "b4", "ben")];
  expect(kinds({ written })).toEqual(["lost"]);
  expect(kinds({ written, kept: rings.slice(1) })).toEqual([]);
});

it("finds a ring that is twice or missing in the bell", () => {
  const [one, two, three] = rings;
  if (!one || !two || !three) throw new Error("there are three rings");
  expect(kinds({ kept: [one, two, { ...one, seq: 3 }], written: [] })).toEqual(["doubled"]);
  expect(kinds({ kept: [one, three] })).toEqual(["hole"]);
});

it("finds a ring that was told twice, or not at all, or of another bell", () => {
  expect(kinds({ heard: [...told, ...told.slice(2)] })).toEqual(["doubled"]);
  expect(kinds({ heard: told.slice(1) })).toEqual(["unseen"]);
  expect(kinds({ heard: told.map((each) => ({ ...each, epoch: "bell-0" })) })).toEqual([
    "unseen",
    "unseen",
    "unseen",
  ]);
});
