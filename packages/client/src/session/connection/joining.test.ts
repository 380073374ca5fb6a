import { refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { ANNA, BEN, chats } from "../../testing/entries.ts";
import { seqsOf, visit } from "../../testing/visit.ts";

const temporary = refusal("unavailable");

describe("joining", () => {
  it("[R1] sends only the room and the name the first time", () => {
    const { socket } = visit({ roomId: "Lobby" });
    expect(socket.read()).toEqual([]);
    socket.open();
    expect(socket.readAll("join")).toEqual([{ roomId: "lobby", name: "Anna" }]);
  });

  it("[P2] joins with the given token, and keeps the one that the server gives", async () => {
    const room = visit({ token: "tttttttttttttttttttttt" });
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.token).toBe("tttttttttttttttttttttt");
    await room.join({ token: "uuuuuuuuuuuuuuuuuuuuuu" });
    expect(room.client.token).toBe("uuuuuuuuuuuuuuuuuuuuuu");
    room.dropAndReturn();
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.token).toBe("uuuuuuuuuuuuuuuuuuuuuu");
  });

  it("reports that it joined, the members, and the first window", async () => {
    const room = visit();
    expect(room.told().slice(0, 1)).toEqual([{ type: "status", status: { is: "connecting" } }]);
    await room.join({ entries: chats(1, 3), members: [ANNA, BEN], count: 2 });
    expect(room.told()).toEqual([
      { type: "status", status: { is: "joined" } },
      { type: "people", self: ANNA, members: [ANNA, BEN], count: 2 },
      { type: "window", entries: chats(1, 3), why: "first" },
    ]);
  });

  it("reports where a trimmed log starts", async () => {
    const room = visit();
    await room.join({ entries: chats(11, 12), truncatedBefore: 11 });
    expect(room.toldOf("window")[0]?.truncatedBefore).toBe(11);
  });

  it("repeats a temporarily refused join after a wait", async () => {
    const room = visit();
    room.socket.open();
    room.socket.say({ type: "error", payload: temporary });
    expect(room.socket.ended).toBe("lost");
    expect(room.toldOf("status").at(-1)?.status.is).toBe("waiting");
    room.clock.advance(500);
    expect(room.sockets.length).toBe(2);
    await room.join();
    expect(room.toldOf("status").at(-1)?.status.is).toBe("joined");
  });

  it("waits as long as the server asks for", () => {
    const room = visit();
    room.socket.open();
    room.socket.say({ type: "error", payload: { ...temporary, retryAfter: 7_000 } });
    room.clock.advance(7_000);
    expect(room.sockets.length).toBe(1);
    room.clock.advance(500);
    expect(room.sockets.length).toBe(2);
  });

  it("stays away after a final refusal, until reconnect is called", async () => {
    const room = visit();
    const why = refusal("bad_name");
    room.socket.open();
    room.socket.say({ type: "error", payload: why });
    expect(room.toldOf("status").at(-1)?.status).toEqual({ is: "refused", refusal: why });
    expect(room.socket.ended).toBe("lost");
    room.wake();
    room.clock.advance(3_600_000);
    expect(room.sockets.length).toBe(1);
    room.client.rename("Anne");
    room.client.reconnect();
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.name).toBe("Anne");
  });

  it("handles a refusal with an unknown code", () => {
    const room = visit();
    room.socket.open();
    const payload = { code: "room_is_on_fire", message: "Fire!", temporary: false };
    room.socket.say({ type: "error", payload });
    expect(room.toldOf("status").at(-1)?.status).toEqual({
      is: "refused",
      refusal: { ...payload, code: "bad_payload" },
    });
  });

  it("ignores unknown frames, and frames before it joined", async () => {
    const room = visit();
    room.socket.open();
    room.told();
    room.socket.receive("{}");
    room.socket.receive('{"type":"fireworks","payload":{}}');
    room.socket.say({ type: "typing", payload: { member: BEN, on: true } });
    expect(room.told()).toEqual([]);
    await room.join({ entries: chats(1, 1) });
    room.socket.receive("not json");
    expect(seqsOf(room.toldOf("window"))).toEqual([1]);
  });
});
