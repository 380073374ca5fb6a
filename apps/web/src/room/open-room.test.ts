import type { RoomClient, RoomEvent } from "@parley/client";
import { refusal } from "@parley/protocol";
import { describe, expect, it, vi } from "vitest";
import { storedDeletions } from "../storage/room-contents.ts";
import { fakeTextStore } from "../storage/fake-storage.ts";
import { chat } from "./entries-for-tests.ts";
import type { AnimationFrames } from "./frame-batch.ts";
import { createRoom, type OpenRoomDeps } from "./open-room.ts";
import { createRoomStore } from "./store.ts";

function visit(more: Pick<OpenRoomDeps, "leaveConversations"> = {}) {
  let tell: (event: RoomEvent) => void = () => undefined;
  let paint: (() => void) | undefined;
  const timers: { readonly ms: number; readonly callback: () => void }[] = [];
  const frames: AnimationFrames = {
    nextFrame: (callback) => {
      paint = callback;
      return () => {
        paint = undefined;
      };
    },
    after: (ms, callback) => {
      timers.push({ ms, callback });
      return () => undefined;
    },
  };
  const unsubscribe = vi.fn();
  const client = {
    subscribe: vi.fn((listener: typeof tell) => {
      tell = listener;
      return unsubscribe;
    }),
    say: vi.fn(() => "id"),
    edit: vi.fn(() => "id"),
    delete: vi.fn(() => "id"),
    react: vi.fn(() => "id"),
    set: vi.fn(() => "id"),
    write: vi.fn(() => "id"),
    retry: vi.fn(),
    discard: vi.fn(),
    amend: vi.fn(),
    typing: vi.fn(),
    rename: vi.fn(),
    history: vi.fn<RoomClient["history"]>(),
    reconnect: vi.fn(),
    leave: vi.fn(),
    close: vi.fn(),
    head: undefined,
    token: "AAAAAAAAAAAAAAAAAAAAAA",
  } satisfies RoomClient;
  const keepToken = vi.fn();
  const store = createRoomStore(0);
  const decided = storedDeletions("room", fakeTextStore());
  const { actions, connect } = createRoom(store);
  const deps = { frames, now: () => 7, keepToken, decided, ...more };
  const room = { ...actions, ...connect(client, deps) };
  const hear = (...events: RoomEvent[]) => {
    events.forEach((event) => tell(event));
    paint?.();
  };
  const waits = () => paint !== undefined;
  return { store, client, room, hear, keepToken, unsubscribe, waits, timers };
}

it("applies the client's events to the store, once a frame", () => {
  const { store, hear } = visit();
  const changes = vi.fn();
  store.subscribe(({ messages }, before) => {
    if (messages !== before.messages) changes();
  });
  hear(
    { type: "status", status: { is: "joined" } },
    { type: "window", why: "first", entries: [chat(1)] },
    { type: "entries", entries: [chat(2)] },
    { type: "entries", entries: [chat(3)] },
  );
  expect(changes).toHaveBeenCalledOnce();
  expect(store.getState().messages).toHaveLength(3);
  expect(store.getState()).toMatchObject({ status: { is: "joined" }, statusAt: 7 });
});

it("[P2] stores the token once it is known, and not before", () => {
  const { hear, keepToken } = visit();
  hear({ type: "status", status: { is: "connecting" } });
  expect(keepToken).not.toHaveBeenCalled();
  hear({ type: "status", status: { is: "joined" } });
  expect(keepToken).toHaveBeenCalledExactlyOnceWith("AAAAAAAAAAAAAAAAAAAAAA");
});

it("scrolls to one's own message, and removes the New line", () => {
  const { store, room, client } = visit();
  store.setState({ firstUnread: 3 });
  room.say("hello");
  expect(client.say).toHaveBeenCalledExactlyOnceWith("hello", {});
  expect(store.getState()).toMatchObject({ sentCount: 1, firstUnread: undefined });
});

it("shows a new name until it is confirmed, whatever else happens", () => {
  const { store, room, hear } = visit();
  const people = (name: string) =>
    ({ type: "people", self: { id: "a", name }, members: [], count: 1 }) as const;
  hear(people("Ada"));
  room.rename("Grace");
  hear(people("Ada"));
  expect(store.getState().newName).toBe("Grace");
  hear(people("Grace"), people("Ada"));
  expect(store.getState().newName).toBeUndefined();
  room.rename("Grace");
  room.rename("Ada");
  expect(store.getState().newName).toBeUndefined();
});

it("says which name was refused", () => {
  const { store, room, hear } = visit();
  room.rename("Grace");
  hear({ type: "refused", refusal: refusal("rate_limited") });
  expect(store.getState()).toMatchObject({
    newName: undefined,
    refusal: { newName: "Grace", code: "rate_limited" },
  });
});

it("clears an old refusal when a name is tried again", () => {
  const { store, room, hear } = visit();
  const refusal = { code: "bad_name", message: "No.", temporary: false } as const;
  hear({ type: "refused", refusal });
  expect(store.getState().refusal).toMatchObject(refusal);
  room.rename("Grace");
  expect(store.getState().refusal).toBeUndefined();
});

it("discards a refused edit when the message is edited again", () => {
  const { room, client, hear } = visit();
  const refusal = { code: "message_too_long", message: "No.", temporary: false } as const;
  const edit = (id: string, target: string) =>
    ({
      id,
      at: 0,
      frame: { type: "edit", payload: { target, message: "x", id } },
      state: { is: "failed", refusal },
    }) as const;
  hear({ type: "pending", pending: [edit("a", "e1"), edit("b", "e2")] });
  room.edit("e1", "better");
  expect(client.discard).toHaveBeenCalledExactlyOnceWith("a");
  expect(client.edit).toHaveBeenCalledExactlyOnceWith("e1", "better");
});

it("[P1] disconnects without leaving: nothing is received or pending afterwards", () => {
  const { room, client, unsubscribe, waits, store } = visit();
  const [listener] = client.subscribe.mock.calls[0] ?? [];
  listener?.({ type: "typing", members: [] });
  room.close();
  expect(waits()).toBe(false);
  expect(unsubscribe).toHaveBeenCalledOnce();
  expect(client.close).toHaveBeenCalledOnce();
  expect(client.leave).not.toHaveBeenCalled();
  expect(store.getState().messages).toEqual([]);
});

describe("leaving", () => {
  const frame = { type: "delete", payload: { target: "e1" } } as const;
  const waiting = { id: "d1", frame, at: 0, state: { is: "sending" } } as const;

  it("[P4] waits until a decided deletion is stored, also if the room is closed meanwhile", async () => {
    const { room, client, hear } = visit();
    room.deleteMessage("e1");
    const left = room.leave();
    room.close();
    expect(client.delete).toHaveBeenCalledExactlyOnceWith("e1");
    hear({ type: "pending", pending: [waiting] });
    await Promise.resolve();
    expect(client.leave).not.toHaveBeenCalled();
    hear({ type: "pending", pending: [] });
    await left;
    expect(client.leave).toHaveBeenCalledOnce();
    expect(client.close).not.toHaveBeenCalled();
  });

  it("[P4] waits until its private conversations are left", async () => {
    const privately = Promise.withResolvers<void>();
    const { room, client, hear } = visit({ leaveConversations: () => privately.promise });
    const left = room.leave();
    room.close();
    hear({ type: "pending", pending: [] });
    await new Promise(setImmediate);
    expect(client.leave).not.toHaveBeenCalled();
    privately.resolve();
    await left;
    expect(client.leave).toHaveBeenCalledOnce();
  });

  it("waits no longer than 2 s", async () => {
    const { room, client, hear, timers } = visit();
    const left = room.leave();
    hear({ type: "pending", pending: [waiting] });
    await Promise.resolve();
    expect(client.leave).not.toHaveBeenCalled();
    timers.find(({ ms }) => ms === 2_000)?.callback();
    await left;
    expect(client.leave).toHaveBeenCalledOnce();
  });
});

it("replies, reacts and deletes through the client", () => {
  const { client, room, store } = visit();
  room.say("yes", "e1");
  room.react("e1", "👍", true);
  expect(client.say).toHaveBeenCalledWith("yes", { replyTo: "e1" });
  const files = [{ id: "a".repeat(22), name: "a.png", type: "image/png", size: 9 }];
  room.say("a.png", undefined, files);
  expect(client.say).toHaveBeenCalledWith("a.png", { files });
  expect(client.react).toHaveBeenCalledExactlyOnceWith("e1", "👍", true);

  room.deleteMessage("e2");
  expect(store.getState().undoable).toEqual(new Set(["e2"]));
  expect(client.delete).not.toHaveBeenCalled();
  room.close();
  expect(client.delete).toHaveBeenCalledExactlyOnceWith("e2");
});

it("[D4] discards a refused reaction, and reports why", () => {
  const { client, hear, store } = visit();
  const why = refusal("unknown_target", "r1");
  const frame = { type: "react", payload: { target: "e1", emoji: "👍", on: true } } as const;
  const outgoing = [{ id: "r1", frame, at: 0, state: { is: "failed", refusal: why } }] as const;
  hear({ type: "pending", pending: outgoing });
  expect(client.discard).toHaveBeenCalledExactlyOnceWith("r1");
  expect(store.getState().refusal).toBe(why);
});

it("does not report a deletion of what is not there", () => {
  const { client, hear, store } = visit();
  const why = refusal("unknown_target", "d1");
  const frame = { type: "delete", payload: { target: "e1" } } as const;
  hear({
    type: "pending",
    pending: [{ id: "d1", frame, at: 0, state: { is: "failed", refusal: why } }],
  });
  expect(client.discard).toHaveBeenCalledExactlyOnceWith("d1");
  expect(store.getState().refusal).toBeUndefined();
});

it("does nothing after its client is closed, by the same actions as before", () => {
  const { client, room, store } = visit();
  room.close();
  room.say("too late");
  room.loadOlder();
  expect(client.say).not.toHaveBeenCalled();
  expect(store.getState().sentCount).toBe(0);
});
