import { beforeEach, expect, it } from "vitest";
import { mintToken } from "../identity.ts";
import { PRESENCE_HELD_MS } from "../limits/limits.ts";
import { settled } from "@parley/testkit/settled";
import { World, type Visitor } from "../../test/world.ts";

const ADDRESS = "192.0.2.66";
const MEMBERS = 1_000;
/** What one address may have. */
const SOCKETS = 50;
/** What is read of each of them a second: 300 in all. */
const FRAMES_EACH = 6;
const SECONDS = 20;
/** What a room may be told at once, and in that time. */
const PRESENCE_MAX = 200 + 20 * SECONDS;
const TYPING_MAX = 60 + 20 * SECONDS;
/** The longest announcement of the names that are used here, as it is sent. */
const ANNOUNCEMENT_BYTES = 128;

let world: World;
/** A member who reads, and the number of members that they were told last. */
let reader: Visitor;
let count: number;
/** What another of its members is sent. */
let bytes: number;
let writes: number;
let noise: Visitor[];

/** A room of a thousand, fifty of them of one address and all of them listed, in which everything has been told. */
beforeEach(async () => {
  world = new World();
  reader = await world.join("hall", "Reader");
  const other = await world.join("hall", "Other");
  noise = [];
  for (let n = 0; n < SOCKETS; n += 1) {
    const visitor = world.visit(ADDRESS);
    await visitor.join({ roomId: "hall", name: `Noise ${n}` });
    visitor.connection.send = () => {};
    noise.push(visitor);
  }
  for (let n = 2; n < MEMBERS - SOCKETS; n += 1) {
    const { connection } = await world.join("hall", `Member ${n}`);
    connection.send = () => {};
  }
  await pass(PRESENCE_HELD_MS * 2);
  reader.connection.read();
  bytes = 0;
  writes = 0;
  other.connection.send = (frames) => {
    const texts = typeof frames === "string" ? [frames] : frames.texts;
    bytes += Buffer.byteLength(texts.join(""));
    writes += 1;
  };
});

async function pass(ms: number): Promise<void> {
  await settled();
  world.time.pass(ms);
  await settled();
}

/** All sockets send what the address may send. */
async function makeNoise(send: (visitor: Visitor, n: number) => void): Promise<void> {
  for (let n = 0; n < SECONDS * FRAMES_EACH; n += 1) {
    for (const visitor of noise) send(visitor, n);
    await pass(1_000 / FRAMES_EACH);
  }
}

/** What the reader was told, and how many members there are by that. */
function told(): number {
  const frames = reader.connection.read();
  for (const { payload } of frames) if ("count" in payload) count = payload.count;
  return frames.length;
}

it("bounds what names that change all the time cost a room of a thousand", async () => {
  await makeNoise((visitor, n) => visitor.send("rename", { name: `Noise ${n}` }));
  expect(told()).toBeLessThanOrEqual(PRESENCE_MAX + SOCKETS);
  expect(bytes).toBeLessThanOrEqual((PRESENCE_MAX + SOCKETS) * ANNOUNCEMENT_BYTES);
  expect(writes).toBeLessThanOrEqual(SECONDS * 3);
  await pass(PRESENCE_HELD_MS * 2);
  const names = reader.connection.readAll("renamed").map(({ member }) => member.name);
  expect(new Set(names)).toEqual(new Set([`Noise ${SECONDS * FRAMES_EACH - 1}`]));
});

it("bounds what joins with ever new tokens cost it", async () => {
  await makeNoise((visitor) =>
    visitor.send("join", { roomId: "hall", name: "Noise", token: mintToken() }),
  );
  // Each time, at most all fifty have gone and fifty others have come.
  expect(told()).toBeLessThanOrEqual(PRESENCE_MAX + SOCKETS * 2);
  expect(bytes).toBeLessThanOrEqual((PRESENCE_MAX + SOCKETS * 2) * ANNOUNCEMENT_BYTES);
  expect(writes).toBeLessThanOrEqual(SECONDS * 3);
  await pass(PRESENCE_HELD_MS * 2);
  told();
  expect(count).toBe(MEMBERS);
});

it("bounds what typing costs it", async () => {
  await makeNoise((visitor, n) => visitor.send("typing", { on: n % 2 === 0 }));
  expect(told()).toBeLessThanOrEqual(TYPING_MAX);
  expect(bytes).toBeLessThanOrEqual(TYPING_MAX * ANNOUNCEMENT_BYTES);
});

it("tells a small room of a class of thirty behind one address as ever", async () => {
  reader = await world.join("class", "Teacher");
  for (let n = 0; n < 30; n += 1) {
    const pupil = world.visit("192.0.2.30");
    await pupil.join({ roomId: "class", name: `Pupil ${n}` });
  }
  await pass(1_000);
  expect(reader.connection.readAll("entered")).toHaveLength(30);
});
