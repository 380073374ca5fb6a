import type { DownPayload, Member } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { KnownRoom } from "./known-room.ts";

type Joined = DownPayload<"joined">;

const ada: Member = { id: "a", name: "Ada" };
const ben: Member = { id: "b", name: "Ben" };
const cleo: Member = { id: "c", name: "Cleo" };

const entry = (seq: number) =>
  ({
    type: "chat",
    payload: { message: `${seq}`, id: `id-${seq}`, seq, at: 0, from: ben },
  }) as const;

const joined = (seqs: readonly number[], fields: Partial<Joined> = {}): Joined => ({
  roomId: "123",
  self: ada,
  token: "token",
  epoch: "epoch",
  head: seqs.at(-1) ?? 0,
  members: [ada, ben],
  count: 2,
  entries: seqs.map(entry),
  recovered: true,
  missed: seqs.length,
  version: "1.0",
  settings: [],
  ...fields,
});

describe("what a client knows of its room", () => {
  it("continues from the last entry that it received", () => {
    const room = new KnownRoom(joined([3, 4]), undefined);
    expect(room.since).toEqual({ epoch: "epoch", seq: 4, id: "id-4" });
    room.note(entry(5));
    room.note(entry(2));
    expect(room.since).toEqual({ epoch: "epoch", seq: 5, id: "id-5" });
  });

  it("continues from where it joined, or from the head, if it received nothing", () => {
    const since = { epoch: "epoch", seq: 7, id: "id-7" };
    expect(new KnownRoom(joined([], { head: 7 }), since).since).toEqual(since);
    expect(new KnownRoom(joined([]), undefined).since).toEqual({ epoch: "epoch", seq: 0 });
    const other = joined([], { recovered: false, epoch: "other", head: 2 });
    expect(new KnownRoom(other, since).since).toEqual({ epoch: "other", seq: 2 });
  });

  it("finds what is new in another join: entries, who joined, was renamed and left", () => {
    const room = new KnownRoom(joined([1]), undefined);
    const bob = { ...ben, name: "Bob" };
    const news = room.newsIn(joined([1, 2], { members: [ada, bob, cleo], count: 3 }));
    expect(news).toEqual([
      entry(2),
      { type: "renamed", payload: { member: bob, count: 3 } },
      { type: "entered", payload: { member: cleo, count: 3 } },
    ]);
    for (const frame of news) room.note(frame);
    expect(room.newsIn(joined([], { members: [ada, cleo] }))).toEqual([
      { type: "left", payload: { member: bob, count: 2 } },
    ]);
    expect(room.newsIn(joined([], { members: [ada, bob, cleo], count: 3 }))).toEqual([]);
  });

  it("follows changes of members, and one's own name", () => {
    const room = new KnownRoom(joined([]), undefined);
    const adele = { ...ada, name: "Adele" };
    room.note({ type: "renamed", payload: { member: adele, count: 2 } });
    room.note({ type: "left", payload: { member: ben, count: 1 } });
    room.note({ type: "typing", payload: { member: cleo } });
    expect(room.name).toBe("Adele");
    expect(room.newsIn(joined([], { self: adele, members: [adele], count: 1 }))).toEqual([]);
  });

  it("counts oneself as present, though a long list may omit one", () => {
    const room = new KnownRoom(joined([], { members: [ben], count: 2 }), undefined);
    expect(room.newsIn(joined([], { members: [ben], count: 2 }))).toEqual([]);
  });

  it("reports only renames if the list is too long", () => {
    const room = new KnownRoom(joined([], { count: 300 }), undefined);
    const bob = { ...ben, name: "Bob" };
    const news = room.newsIn(joined([], { members: [bob, cleo], count: 300 }));
    expect(news).toEqual([{ type: "renamed", payload: { member: bob, count: 300 } }]);
  });

  it("[H3] [P6] reports another count if no list shows who it was", () => {
    const room = new KnownRoom(joined([], { count: 500 }), undefined);
    const newsOf = (fields: Partial<Joined>) => {
      const news = room.newsIn(joined([], fields));
      for (const frame of news) room.note(frame);
      return news;
    };
    const counted = (count: number) => [{ type: "entered", payload: { member: ada, count } }];
    expect(newsOf({ count: 450 })).toEqual(counted(450));
    expect(newsOf({ count: 450 })).toEqual([]);
    room.note({ type: "left", payload: { member: cleo, count: 449 } });
    expect(newsOf({ count: 449 })).toEqual([]);
    const bob = { ...ben, name: "Bob" };
    const renamed = { type: "renamed", payload: { member: bob, count: 448 } };
    expect(newsOf({ members: [ada, bob], count: 448 })).toEqual([renamed]);
    // The list is whole again, and those who left were never on it.
    expect(newsOf({ members: [ada, bob], count: 2 })).toEqual(counted(2));
  });
});
