import { withShard } from "@parley/protocol";
import { describe, expect, it, vi } from "vitest";
import type { RoomEvent } from "./events.ts";
import { ANNA, BEN, chat, chats } from "./testing/entries.ts";
import { visit } from "./testing/visit.ts";

describe("subscribing", () => {
  it("sends a new listener the current state first", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3), members: [ANNA, BEN], count: 2 });
    room.socket.say(chat(4));
    room.socket.say({ type: "typing", payload: { member: BEN, on: true } });
    const id = await room.say("hello");
    const late: RoomEvent[] = [];
    room.client.subscribe((event) => late.push(event));
    expect(late).toEqual([
      { type: "status", status: { is: "joined" } },
      { type: "people", self: ANNA, members: [ANNA, BEN], count: 2 },
      { type: "window", entries: chats(1, 4), why: "first" },
      { type: "typing", members: [BEN] },
      {
        type: "pending",
        pending: [
          {
            id,
            frame: { type: "chat", payload: { message: "hello", id } },
            at: room.clock.now(),
            state: { is: "sending" },
          },
        ],
      },
    ]);
  });

  it("sends a new listener no event twice, and none that the current state includes", async () => {
    const room = visit();
    await room.join();
    const late: RoomEvent[] = [];
    let isIn = false;
    room.client.subscribe((event) => {
      if (event.type !== "entries" || isIn) return;
      isIn = true;
      room.client.subscribe((event) => late.push(event));
    });
    room.socket.say(chat(1));
    room.socket.say(chat(2));
    const shown = late.flatMap((event) => ("entries" in event ? event.entries : []));
    expect(shown).toEqual(chats(1, 2));
  });

  it("stops when asked, also while an event is being delivered", async () => {
    const room = visit();
    const heard: RoomEvent[] = [];
    const stop = room.client.subscribe((event) => heard.push(event));
    heard.length = 0;
    room.client.subscribe((event) => {
      if (event.type === "people") stop();
    });
    await room.join();
    expect(heard.map(({ type }) => type)).toEqual(["status", "people"]);
  });

  it("lets a listener act on an event; what follows is delivered after it", async () => {
    const room = visit();
    room.client.subscribe((event) => {
      if (event.type === "status" && event.status.is === "waiting") room.client.reconnect();
    });
    await room.join();
    room.socket.shut(1006);
    expect(room.sockets.length).toBe(2);
    expect(room.toldOf("status").map(({ status }) => status.is)).toEqual([
      "connecting",
      "joined",
      "waiting",
      "reconnecting",
    ]);
  });

  it("still calls the other listeners when one throws", async () => {
    const thrown: (() => void)[] = [];
    vi.stubGlobal("queueMicrotask", (run: () => void) => thrown.push(run));
    const room = visit();
    const heard: string[] = [];
    await room.join();
    room.client.subscribe(() => {
      if (heard.length > 0) throw new Error("a bug");
    });
    room.client.subscribe(({ type }) => heard.push(type));
    heard.length = 1;
    room.socket.say(chat(1));
    vi.unstubAllGlobals();
    expect(heard).toEqual(["status", "entries"]);
    expect(thrown[0]).toThrow("a bug");
  });
});

it("names the shard of its room in the address, not the room", () => {
  const urls: string[] = [];
  const openTransport = (url: string) => {
    urls.push(url);
    throw new SyntaxError("no address");
  };
  expect(() => visit({ openTransport, url: "ws://test/ws" })).toThrow("no address");
  expect(urls).toEqual([withShard("ws://test/ws", "lobby")]);
});

describe("an invalid address", () => {
  it("throws at once", () => {
    const openTransport = (url: string) => {
      throw new SyntaxError(`Not a WebSocket address: ${url}`);
    };
    expect(() => visit({ openTransport, url: "nowhere" })).toThrow("nowhere");
  });
});
