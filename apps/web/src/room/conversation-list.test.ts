import { describe, expect, it } from "vitest";
import {
  changed,
  heardBell,
  heardRing,
  listedAs,
  unreadIn,
  withoutDoubles,
  type Heard,
} from "./conversation-list.ts";

const ring = (seq: number, from = "ada") => ({
  seq,
  id: `m${seq}`,
  at: seq * 10,
  from: { id: from, name: from },
});
const bell = (epoch: string, ...seqs: number[]) => ({
  epoch,
  head: seqs.at(-1) ?? 0,
  entries: seqs.map((seq) => ({ type: "rang" as const, payload: ring(seq) })),
  recovered: false,
  missed: 0,
});
const nameOf = (id: string) => `name of ${id}`;
const nothing: Heard = { list: [], since: undefined };

it("counts each ring once, however often it is heard", () => {
  const heard = heardRing(heardBell(nothing, bell("e", 1, 2), nameOf), ring(3, "ben"), nameOf);
  expect(heard.list).toMatchObject([
    { id: "ben", unread: 1, at: 30 },
    { id: "ada", unread: 2, at: 20 },
  ]);
  expect(heard.since).toEqual({ epoch: "e", seq: 3, id: "m3" });
  expect(heardRing(heard, ring(3, "ben"), nameOf)).toEqual(heard);
  expect(heardBell(heard, bell("e", 2, 3), nameOf)).toEqual(heard);
  expect(unreadIn(heard.list)).toBe(3);
});

it("lists what one wrote on another device, and counts nothing", () => {
  const own = { ...ring(1, "me"), to: "ada" };
  const heard = heardRing(heardBell(nothing, bell("e"), nameOf), own, nameOf);
  expect(heard.list).toEqual([{ id: "ada", name: "name of ada", at: 10, unread: 0 }]);
  const answered = heardRing(heard, ring(2), nameOf);
  expect(answered.list).toMatchObject([{ id: "ada", name: "ada", unread: 1 }]);
  expect(heardRing(answered, { ...own, seq: 3 }, nameOf).list).toMatchObject([
    { id: "ada", name: "ada", unread: 1 },
  ]);
});

it("hears another bell from its beginning", () => {
  const heard = heardBell(heardBell(nothing, bell("e", 1, 2), nameOf), bell("f", 1), nameOf);
  expect(heard.list).toMatchObject([{ id: "ada", unread: 1 }]);
  expect(heard.since).toEqual({ epoch: "f", seq: 1, id: "m1" });
});

it("changes a conversation only if something differs", () => {
  const { list } = heardBell(nothing, bell("e", 1), nameOf);
  expect(changed(list, "ada", { unread: 1 })).toBe(list);
  expect(changed(list, "ben", { unread: 0 })).toBe(list);
  expect(changed(list, "ada", { unread: 0 })).toMatchObject([{ id: "ada", unread: 0 }]);
});

describe("ids in lower case, as in the outbox", () => {
  const one = (id: string, name: string) => ({ id, name, at: 0, unread: 0 });

  it("finds the conversation that is meant, and none that is not listed", () => {
    const list = [one("aB-1", "Ada"), one("cD_2", "Ben")];
    expect(listedAs(list, "cd_2")).toBe(list[1]);
    expect(listedAs(list, "cD_2")).toBe(list[1]);
    expect(listedAs(list, "ef_3")).toBeUndefined();
  });

  it("drops what an earlier version listed twice", () => {
    const ada = one("aB-1", "Ada");
    const cem = one("ef-3", "Cem");
    expect(withoutDoubles([one("ab-1", "Guest"), ada, cem])).toEqual([ada, cem]);
  });
});
