import { refusal } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { createLiveRooms, LIVE_ROOMS_MAX, type LiveRoom } from "./live-rooms.ts";
import type { StoredConversation } from "../storage/conversations.ts";
import { createRoom } from "./open-room.ts";
import type { ConversationsState, PrivateConversations } from "./opened-room.ts";
import { createRoomStore, type RoomState } from "./store.ts";

/** @param waiting a private conversation in each room in which a message waits */
function world(...waiting: readonly Pick<StoredConversation, "id" | "isWaiting">[]) {
  const connected = new Set<string>();
  const list = waiting.map((each) => ({ name: "Ben", at: 0, unread: 0, ...each }));
  const store = createStore<ConversationsState>()(() => ({ list, shown: { is: "nothing" } }));
  const partners: string[] = [];
  const connect = (id: string) => partners.push(id);
  const conversations = { store, connect } as unknown as PrivateConversations;
  const open = (roomId: string): LiveRoom => {
    const roomStore = createRoomStore(0);
    let fetched: PrivateConversations | undefined;
    return {
      roomId,
      store: roomStore,
      actions: createRoom(roomStore).actions,
      files: { now: () => undefined, fetch: () => Promise.reject(new Error("unused")) },
      conversations: {
        now: () => fetched,
        fetch: async () => (fetched = conversations),
      },
      connect: () => connected.add(roomId),
      sleep: () => connected.delete(roomId),
    };
  };
  const rooms = createLiveRooms(open);
  return {
    rooms,
    connected,
    store,
    /** With whom private conversations were connected. */
    partners,
    shows: (roomId: string) => rooms.show(rooms.roomFor(roomId, "Ada")),
  };
}

describe("several rooms", () => {
  it("stay connected while another one is shown, and are the same when shown again", () => {
    const { rooms, connected, shows } = world();
    const lake = rooms.roomFor("lake", "Ada");
    const goes = rooms.show(lake);
    goes();
    shows("sea");
    expect([...connected]).toEqual(["lake", "sea"]);
    expect(rooms.roomFor("lake", "Ada")).toBe(lake);
  });

  it("are five at most: the one that was shown longest ago is disconnected", () => {
    const { connected, shows } = world();
    for (let i = 0; i <= LIVE_ROOMS_MAX; i += 1) shows(`r${i}`)();
    expect([...connected]).toEqual(["r1", "r2", "r3", "r4", "r5"]);
  });

  it("stay connected while the start page is shown, and are the same when shown again", () => {
    const { rooms, connected, shows } = world();
    const lake = rooms.roomFor("lake", "Ada");
    rooms.show(lake)();
    shows("sea")();
    expect([...connected]).toEqual(["lake", "sea"]);
    expect(rooms.roomFor("lake", "Ada")).toBe(lake);
  });

  it("come back behind those that are live, and are not too many then", () => {
    const { rooms, connected, shows } = world();
    shows("sea");
    rooms.bringBack(["r1", "r2", "sea", "r3", "r4", "r5"], "Ada");
    expect([...connected].toSorted()).toEqual(["r2", "r3", "r4", "r5", "sea"]);
    expect(rooms.live().map(({ roomId }) => roomId)).toEqual(["r2", "r3", "r4", "r5", "sea"]);
    expect(rooms.roomFor("r3", "Ada")).toBe(rooms.now()[1]);
    // Nobody sees them.
    const watched = rooms.now().filter(({ store }) => store.getState().watching);
    expect(watched.map(({ roomId }) => roomId)).toEqual(["sea"]);
  });

  it("do not come back once they were left, until they are shown", () => {
    const { rooms, connected, shows } = world();
    shows("lake")();
    rooms.end("lake");
    rooms.bringBack(["lake", "sea"], "Ada");
    rooms.connectToSend([{ roomId: "lake", partner: undefined }], "Ada");
    expect([...connected]).toEqual(["sea"]);
    shows("lake")();
    expect([...connected]).toEqual(["sea", "lake"]);
  });

  it("are replaced when they are entered from the start page with another name", () => {
    const { rooms, connected, shows } = world();
    const lake = rooms.roomFor("lake", "Ada");
    rooms.show(lake)();
    const goes = shows("sea");
    expect(rooms.roomFor("lake", "Bea")).toBe(lake);
    goes();
    const renamed = rooms.roomFor("lake", "Bea");
    expect(renamed).not.toBe(lake);
    expect(rooms.roomFor("lake", "Bea")).toBe(renamed);
    rooms.show(renamed);
    expect(rooms.now().map((room) => room.roomId)).toEqual(["sea", "lake"]);
    expect(rooms.now()[1]).toBe(renamed);
    expect([...connected].toSorted()).toEqual(["lake", "sea"]);
  });

  describe("that still send", () => {
    const message = {
      id: "m1",
      frame: { type: "chat", payload: { message: "hi" } },
      at: 0,
      state: { is: "queued" },
    } as const;
    const why = refusal("message_too_long");
    const failed = { ...message, state: { is: "failed", refusal: why } } as const;

    it.each<[string, Partial<RoomState>]>([
      ["a message", { outgoing: [message] }],
      ["a deletion that can be undone", { undoable: new Set(["m1"]) }],
    ])("%s stay connected until it is sent, also beside five others", (_, state) => {
      const { rooms, connected, shows } = world();
      shows("lake")();
      const [lake] = rooms.now();
      lake?.store.setState(state);
      for (let i = 1; i <= LIVE_ROOMS_MAX; i += 1) shows(`r${i}`)();
      expect(connected.has("lake")).toBe(true);
      lake?.store.setState({ outgoing: [failed], undoable: new Set() });
      expect([...connected]).toEqual(["r1", "r2", "r3", "r4", "r5"]);
    });

    it("stay connected beside the five that were shown last, up to a limit", () => {
      const { rooms, connected, shows } = world();
      const visit = (name: string) => {
        shows(name)();
        rooms
          .now()
          .at(-1)
          ?.store.setState({ outgoing: [message] });
      };
      for (let i = 1; i <= 12; i += 1) visit(`r${i}`);
      expect([...connected]).toEqual(Array.from({ length: 10 }, (_, i) => `r${i + 3}`));
      for (const { store } of rooms.now()) store.setState({ outgoing: [] });
      expect([...connected]).toEqual(["r8", "r9", "r10", "r11", "r12"]);
    });

    describe("since an earlier visit", () => {
      beforeEach(() => void vi.useFakeTimers());
      afterEach(() => void vi.useRealTimers());
      const inRooms = (...roomIds: string[]) =>
        roomIds.map((roomId) => ({ roomId, partner: undefined }));

      it("are connected beside the live ones until that is sent", () => {
        const { rooms, connected, shows } = world();
        for (let i = 1; i <= LIVE_ROOMS_MAX; i += 1) shows(`r${i}`)();
        rooms.connectToSend(inRooms("r1", "lake"), "Ada");
        expect(connected.has("lake")).toBe(true);
        shows("sea")();
        const lake = rooms.now().find(({ roomId }) => roomId === "lake");
        expect(lake?.store.getState().watching).toBe(false);
        expect(rooms.roomFor("lake", "Ada")).toBe(lake);
        lake?.store.setState({ outgoing: [message] });
        vi.advanceTimersByTime(60_000);
        expect(connected.has("lake")).toBe(true);
        lake?.store.setState({ outgoing: [] });
        expect([...connected].toSorted()).toEqual(["r2", "r3", "r4", "r5", "sea"]);
      });

      it("are disconnected after a while if another tab sent it", () => {
        const { rooms, connected } = world();
        rooms.connectToSend(inRooms("lake"), "Ada");
        vi.advanceTimersByTime(9_999);
        expect([...connected]).toEqual(["lake"]);
        vi.advanceTimersByTime(1);
        expect(connected.size).toBe(0);
      });

      it("are the first five, as what was written first is sent first", () => {
        const { rooms, connected } = world();
        rooms.connectToSend(inRooms("r1", "r2", "r3", "r2", "r4", "r5", "r6"), "Ada");
        expect([...connected].toSorted()).toEqual(["r1", "r2", "r3", "r4", "r5"]);
      });

      it("are not disconnected because one thing is sent before another is read", () => {
        const { rooms, connected } = world();
        rooms.connectToSend(inRooms("lake"), "Ada");
        const [lake] = rooms.now();
        lake?.store.setState({ outgoing: [message] });
        lake?.store.setState({ outgoing: [] });
        expect([...connected]).toEqual(["lake"]);
      });

      it("stay connected while a private message waits", async () => {
        const { rooms, connected, store, partners } = world({ id: "m1", isWaiting: true });
        rooms.connectToSend([{ roomId: "lake", partner: "m1" }], "Ada");
        await vi.advanceTimersByTimeAsync(60_000);
        expect([...connected]).toEqual(["lake"]);
        expect(partners).toEqual(["m1"]);
        store.setState({ list: [] });
        expect(connected.size).toBe(0);
      });

      it("send privately also if they are live already", async () => {
        const { rooms, partners } = world({ id: "m1", isWaiting: true });
        rooms.bringBack(["lake"], "Ada");
        rooms.connectToSend([{ roomId: "lake", partner: "m1" }], "Ada");
        await vi.advanceTimersByTimeAsync(0);
        expect(partners).toEqual(["m1"]);
      });

      it("are disconnected if the server refuses them for good", () => {
        const { rooms, connected } = world();
        rooms.connectToSend(inRooms("lake"), "Ada");
        rooms
          .now()[0]
          ?.store.setState({ outgoing: [message], status: { is: "refused", refusal: why } });
        vi.advanceTimersByTime(60_000);
        expect(connected.size).toBe(0);
      });
    });

    it("do not stay connected if they are ended", () => {
      const { rooms, connected, shows } = world();
      shows("sea");
      rooms.now()[0]?.store.setState({ outgoing: [message] });
      rooms.end("sea");
      expect(connected.size).toBe(0);
    });
  });

  it("count nothing as seen while they are not shown", () => {
    const { rooms, shows } = world();
    const goes = shows("lake");
    expect(rooms.now()[0]?.store.getState().watching).toBe(true);
    goes();
    expect(rooms.now()[0]?.store.getState().watching).toBe(false);
  });

  it("end for good on request, and start again", () => {
    const { rooms, connected, shows } = world();
    const lake = rooms.roomFor("lake", "Ada");
    shows("lake");
    rooms.end("lake");
    expect(connected.size).toBe(0);
    expect(rooms.roomFor("lake", "Ada")).not.toBe(lake);
  });

  it("connect again when shown after a screen was mounted twice", () => {
    const { rooms, connected } = world();
    const lake = rooms.roomFor("lake", "Ada");
    rooms.show(lake)();
    rooms.show(lake);
    expect([...connected]).toEqual(["lake"]);
    expect(rooms.now()).toEqual([lake]);
  });
});
