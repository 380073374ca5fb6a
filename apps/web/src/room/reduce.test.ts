import type { RoomEvent, Status } from "@parley/client";
import type { LogEntry } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { ada, ben, chat, edited, unknownEntry } from "./entries-for-tests.ts";
import { emptyView, reduce, type RoomView } from "./reduce.ts";

const after = (view: RoomView, ...events: RoomEvent[]) =>
  events.reduce((state, event) => reduce(state, event, 100), view);
const fresh = emptyView(0);
const here: RoomEvent = { type: "people", self: ada, members: [ada, ben], count: 2 };
const window = (...entries: LogEntry[]): RoomEvent => ({
  type: "window",
  why: "first",
  entries,
});
const moved = (how: "entered" | "left" | "renamed", member = ben): RoomEvent => ({
  type: "moved",
  how,
  member,
});

describe("the window", () => {
  it("knows whether the log has more before it", () => {
    expect(after(fresh, window()).older).toEqual({ is: "beginning" });
    expect(after(fresh, window(chat(1))).older).toEqual({ is: "beginning" });
    expect(after(fresh, window(chat(8))).older).toEqual({ is: "more", before: 8 });
  });

  it("[R1] reports where the log was trimmed", () => {
    const trimmed: RoomEvent = {
      type: "window",
      why: "truncated",
      entries: [chat(8)],
      truncatedBefore: 8,
    };
    const view = after(fresh, trimmed);
    expect(view.older).toEqual({ is: "trimmed" });
    expect(view.notes).toMatchObject([{ kind: "gap", why: "truncated", after: 0 }]);
    expect(after(fresh, window(chat(1), chat(2)), trimmed).notes).toMatchObject([{ gone: 5 }]);
  });

  it("[R1] after a trimmed gap reports the missing entries, and is new to a user who looked away", () => {
    const cut: RoomEvent = {
      type: "window",
      why: "truncated",
      entries: [chat(8, { from: ben }), chat(9, { from: ben })],
      truncatedBefore: 8,
    };
    const before = after(fresh, here, window(chat(1), chat(2)));
    const seen = after(before, cut);
    expect(seen.caughtUp).toMatchObject({ fresh: 2, gap: { why: "truncated", gone: 5 } });
    expect(seen).toMatchObject({ lastRead: 9, firstUnread: undefined });
    const away = after({ ...before, watching: false }, cut);
    expect(away).toMatchObject({ lastRead: 2, firstUnread: 8, openedAt: 2 });
  });

  it("[R5] reports a reset and drops what was shown before it", () => {
    const view = after(fresh, here, window(chat(1)), moved("left"), {
      type: "window",
      why: "reset",
      entries: [chat(1)],
    });
    expect(view.notes).toMatchObject([{ kind: "gap", why: "reset" }]);
  });

  it("is not new at the first visit", () => {
    const view = after({ ...fresh, watching: false }, here, window(chat(1), chat(2)));
    expect(view).toMatchObject({ openedAt: 2, lastRead: 2, firstUnread: undefined });
  });

  it("is new after what was seen in an earlier visit", () => {
    const joined: RoomEvent = { type: "status", status: { is: "joined" } };
    const entries = [chat(1, { from: ben }), chat(2), chat(3, { from: ben })];
    const view = after(emptyView(0, { lastRead: 1 }), joined, here, window(...entries));
    expect(view).toMatchObject({
      watching: false,
      firstUnread: 3,
      lastRead: 1,
      lastReadBefore: undefined,
    });
    expect(
      after(emptyView(0, { lastRead: 3 }), joined, here, window(...entries)).firstUnread,
    ).toBeUndefined();
  });

  it("is new from what is caught up with, if it came from the cache", () => {
    const recalled = [here, window(chat(1), chat(2))];
    const back: RoomEvent[] = [
      { type: "status", status: { is: "joined" } },
      { type: "entries", entries: [chat(3), chat(4, { from: ben })] },
      { type: "caught-up", fresh: 2 },
    ];
    const live: RoomEvent = { type: "entries", entries: [chat(5, { from: ben })] };
    expect(after(emptyView(0, { lastRead: 2 }), ...recalled, ...back, live).firstUnread).toBe(4);
    expect(
      after({ ...emptyView(0, { lastRead: 4 }), watching: true }, ...recalled, ...back, live)
        .firstUnread,
    ).toBeUndefined();
  });

  it("is not new if it came from the cache and all was caught up with", () => {
    const recalled = [window(chat(1)), { type: "status", status: { is: "joined" } }] as const;
    const view = after(
      fresh,
      ...recalled,
      { type: "entries", entries: [chat(2)] },
      { type: "caught-up", fresh: 1 },
    );
    expect(view.openedAt).toBe(2);
  });

  it("keeps changes to messages that are not loaded", () => {
    expect(after(fresh, window(chat(8), edited(9, 2, "x"))).pendingRevisions).toHaveLength(1);
    expect(after(fresh, window(chat(8), edited(9, 8, "x"))).pendingRevisions).toHaveLength(0);
  });
});

describe("new entries", () => {
  const open = after(fresh, here, window(chat(1)));

  it("are read at once by a user who watches", () => {
    expect(after(open, { type: "entries", entries: [chat(2, { from: ben })] })).toMatchObject({
      lastRead: 2,
      firstUnread: undefined,
    });
  });

  it("put the New line before the first one of others that arrived while nobody watched", () => {
    const away = { ...open, watching: false };
    const entries = [chat(2, { from: ada }), chat(3, { from: ben }), chat(4, { from: ben })];
    const view = after(away, { type: "entries", entries });
    expect(view).toMatchObject({ lastRead: 1, firstUnread: 3, head: 4 });
    expect(after(view, { type: "entries", entries: [chat(5, { from: ben })] }).firstUnread).toBe(3);
  });

  it("start the log of an empty room", () => {
    const view = after(fresh, here, window(), { type: "entries", entries: [chat(1)] });
    expect(view).toMatchObject({ oldest: 1, head: 1, older: { is: "beginning" } });
  });
});

describe("presence changes", () => {
  const open = after(fresh, here, window(chat(1)));

  it("fold into one note until the next message", () => {
    const cleo = { id: "cleo", name: "Cleo" };
    const view = after(open, moved("left"), moved("entered", cleo));
    expect(view.notes).toMatchObject([{ kind: "presence", after: 1, changes: [{}, {}] }]);
    const later = after(view, { type: "entries", entries: [chat(2)] }, moved("entered"));
    expect(later.notes.map((note) => note.after)).toEqual([1, 2]);
  });

  it("leave out one's own, except a new name", () => {
    expect(after(open, moved("entered", ada)).notes).toEqual([]);
    expect(after(open, moved("renamed", { ...ada, name: "Grace" })).notes).toMatchObject([
      { changes: [{ was: "Ada", member: { name: "Grace" } }] },
    ]);
  });

  it("know the earlier name, though the list of members has the new one already", () => {
    const grace = { ...ben, name: "Grace" };
    const view = after(
      open,
      { type: "people", self: ada, members: [ada, grace], count: 2 },
      moved("renamed", grace),
    );
    expect(view.notes).toMatchObject([{ changes: [{ was: "Ben", outcome: "renamed" }] }]);
  });
});

describe("the connection", () => {
  it("reports the return with the length of the drop", () => {
    const dropped = reduce(
      fresh,
      { type: "status", status: { is: "waiting", since: 1000, retryAt: 2000 } },
      1000,
    );
    const again = reduce(
      dropped,
      { type: "status", status: { is: "reconnecting", since: 1000 } },
      2000,
    );
    const joined = reduce(again, { type: "status", status: { is: "joined" } }, 4500);
    const back = reduce(joined, { type: "caught-up", fresh: 3 }, 4600);
    expect(back.caughtUp).toEqual({ fresh: 3, at: 4600, after: 3600 });
    expect(back.droppedAt).toBeUndefined();
  });

  it("was there only if the room was joined since the page opened", () => {
    const status = (status: Status): RoomEvent => ({ type: "status", status });
    const lost = status({ is: "reconnecting", since: 50 });
    expect(after(fresh, status({ is: "waiting", since: 50, retryAt: 90 }), lost).wasJoined).toBe(
      false,
    );
    const joined = after(fresh, lost, status({ is: "joined" }));
    expect(joined.wasJoined).toBe(true);
    expect(after(joined, lost).wasJoined).toBe(true);
    expect(after(joined, status({ is: "connecting" })).wasJoined).toBe(false);
  });

  it("keeps the other fields", () => {
    const refusal = { code: "rate_limited", message: "Too fast.", temporary: true } as const;
    const view = after(fresh, { type: "typing", members: [ben] }, { type: "refused", refusal });
    expect(view).toMatchObject({ typing: [ben], refusal });
  });
});

describe("[O5] an entry that this version does not know", () => {
  it("is not shown, and marks the app as outdated, in a window and live", () => {
    expect(after(fresh, window(chat(1), unknownEntry(2)))).toMatchObject({
      isOutdated: true,
      head: 2,
      pendingRevisions: [],
    });
    const live = after(fresh, window(chat(1)), { type: "entries", entries: [unknownEntry(2)] });
    expect(live).toMatchObject({ isOutdated: true, head: 2 });
    expect(after(fresh, window(chat(1))).isOutdated).toBe(false);
    expect(after(fresh, { type: "outdated" }).isOutdated).toBe(true);
  });

  it("does not alert the user", () => {
    const away = after({ ...fresh, watching: false }, here, window(chat(1)));
    const live = after(away, { type: "entries", entries: [unknownEntry(2)] });
    expect(live.firstUnread).toBeUndefined();
  });
});
