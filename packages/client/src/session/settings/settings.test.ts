import type { LogEntry, SetFrame } from "@parley/protocol";
import { expect, it } from "vitest";
import { ANNA, chats } from "../../testing/entries.ts";
import { settled } from "../../testing/fake-clock.ts";
import { visit } from "../../testing/visit.ts";

const envelope = (seq: number) => ({ id: `s${seq}`, seq, at: seq, from: ANNA });

function set(seq: number, key: string, value: unknown, id = `s${seq}`): SetFrame {
  return { type: "set", payload: { key, value, ...envelope(seq), id } };
}

function deleted(seq: number, targetSeq: number): LogEntry {
  return { type: "deleted", payload: { target: "x", targetSeq, ...envelope(seq) } };
}

/** The last settings event since the last call, as pairs of a key and its `seq`. */
function lastOf({ toldOf }: ReturnType<typeof visit>) {
  const settings = toldOf("settings").at(-1)?.settings;
  return settings && [...settings].map(([key, { payload }]) => [key, payload.seq]);
}

it("[G2] reports the settings of a join, and what live entries change", async () => {
  const room = visit();
  await room.join({ head: 9, entries: chats(8, 9), settings: [set(3, "name", "Bees")] });
  expect(lastOf(room)).toEqual([["name", 3]]);
  room.socket.say(set(10, "pin:9", true));
  expect(lastOf(room)).toEqual([
    ["name", 3],
    ["pin:9", 10],
  ]);
  room.socket.say(deleted(11, 9));
  expect(lastOf(room)).toEqual([["name", 3]]);
  room.socket.say(set(12, "name", null));
  expect(lastOf(room)).toEqual([]);
});

it("[G2] prefers the settings of a join to older entries that come with it", async () => {
  const room = visit();
  const entries = [set(1, "name", "Ants"), set(2, "name", "Bees"), set(3, "name", null)];
  await room.join({ head: 5, entries: entries.slice(0, 2), settings: [set(5, "name", "Wasps")] });
  expect(lastOf(room)).toEqual([["name", 5]]);
});

it("[G2] drops the pins of messages that a page says were trimmed", async () => {
  const room = visit();
  const settings = [set(3, "name", "Bees"), set(4, "pin:2", true), set(5, "pin:8", true)];
  await room.join({ head: 9, entries: chats(8, 9), settings });
  const page = room.client.history(8);
  await settled();
  room.socket.say({
    type: "history",
    payload: { epoch: "epoch-1", entries: [], head: 9, more: false, truncatedBefore: 8 },
  });
  await page;
  expect(lastOf(room)).toEqual([
    ["name", 3],
    ["pin:8", 5],
  ]);
});

it("[G2] reports the settings of a later join only if they changed", async () => {
  const room = visit();
  const settings = [set(3, "name", "Bees"), set(4, "topic", "Honey")];
  await room.join({ head: 9, entries: chats(8, 9), settings });
  expect(lastOf(room)).toHaveLength(2);
  room.dropAndReturn();
  await room.join({ head: 9, recovered: true, settings });
  expect(lastOf(room)).toBeUndefined();
  for (const changed of [set(10, "topic", "Wax"), set(10, "topic", "Wax", "another")]) {
    room.dropAndReturn();
    await room.join({ head: 10, recovered: true, settings: [set(3, "name", "Bees"), changed] });
    expect(lastOf(room)).toHaveLength(2);
  }
});

it("has no settings on a server without them", async () => {
  const room = visit();
  await room.join({ head: 2, entries: chats(1, 2) });
  expect(lastOf(room)).toBeUndefined();
});

it("[D5] sets through the outbox, and reports why it was refused", async () => {
  const room = visit();
  await room.join();
  const id = room.client.set("name", "Bees", { expect: 0 });
  await settled();
  expect(room.socket.read().at(-1)).toMatchObject({
    type: "set",
    payload: { key: "name", value: "Bees", id, expect: 0 },
  });
  const refusal = { code: "stale", message: "Stale.", temporary: false, ref: id } as const;
  room.socket.say({ type: "error", payload: { ...refusal, setting: set(4, "name", "Ants") } });
  expect(room.toldOf("pending").at(-1)?.pending).toMatchObject([
    { id, state: { is: "failed", refusal: { code: "stale", setting: { payload: { seq: 4 } } } } },
  ]);
});
