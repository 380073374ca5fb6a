import { CloseCode, PING_EVERY_MS, PING_GRACE_MS } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { PEACE_MS } from "../../backoff.ts";
import { chat, chats } from "../../testing/entries.ts";
import { visit, type Visit } from "../../testing/visit.ts";
import { FLOOD_WAIT_MS, JOIN_WAIT_MS, PROBE_WAIT_MS, STALE_OPENING_MS } from "./connection.ts";

describe("the close codes", () => {
  for (const code of [CloseCode.left, CloseCode.replaced, CloseCode.notOurProtocol]) {
    it(`${code}: stays away`, async () => {
      const room = visit();
      await room.join();
      room.socket.shut(code);
      expect(room.toldOf("status").at(-1)?.status).toEqual({ is: "closed", code });
      room.wake();
      room.clock.advance(3_600_000);
      expect(room.sockets.length).toBe(1);
      expect(room.clock.pending).toBe(0);
    });
  }

  const { goingAway, restarting, tooLarge, silent, tooSlow } = CloseCode;
  for (const code of [goingAway, restarting, tooLarge, silent, tooSlow, 1005, 1006, 1011]) {
    it(`${code}: comes back after a wait`, async () => {
      const room = visit();
      await room.join();
      room.told();
      const now = room.clock.now();
      room.socket.shut(code);
      const status = { is: "waiting", since: now, retryAt: now + 250 };
      expect(room.toldOf("status")).toEqual([{ type: "status", status }]);
      room.clock.advance(249);
      expect(room.sockets.length).toBe(1);
      room.clock.advance(1);
      expect(room.sockets.length).toBe(2);
      expect(room.toldOf("status")).toEqual([
        { type: "status", status: { is: "reconnecting", since: now } },
      ]);
    });
  }

  it("4429: comes back after a long wait, which waking does not shorten", async () => {
    const room = visit();
    await room.join();
    room.socket.shut(CloseCode.flooding);
    room.wake();
    room.clock.advance(FLOOD_WAIT_MS - 1);
    expect(room.sockets.length).toBe(1);
    room.clock.advance(1_000);
    expect(room.sockets.length).toBe(2);
  });
});

describe("the wait before a reconnect", () => {
  it("grows while attempts fail", () => {
    const room = visit();
    const waits = [0, 1, 2, 3].map(() => {
      room.socket.shut(1006);
      const { status } = room.toldOf("status").at(-1) ?? {};
      const wait = status?.is === "waiting" ? status.retryAt - room.clock.now() : Number.NaN;
      room.clock.advance(wait);
      return wait;
    });
    expect(waits).toEqual([250, 500, 1_000, 2_000]);
  });

  it("is reported with the time of the drop, over all attempts", async () => {
    const room = visit();
    await room.join();
    const since = room.clock.now();
    room.dropAndReturn();
    room.dropAndReturn();
    expect(room.toldOf("status").at(-1)?.status).toEqual({ is: "reconnecting", since });
  });

  it("is short again after 30 s without a failure, not before", async () => {
    const room = visit();
    room.dropAndReturn();
    room.dropAndReturn();
    await room.join();
    room.clock.advance(PEACE_MS - 1);
    room.socket.shut(1006);
    const now = room.clock.now();
    expect(room.toldOf("status").at(-1)?.status).toEqual({
      is: "waiting",
      since: now,
      retryAt: now + 1_000,
    });
    room.clock.advance(1_000);
    await room.join({ head: 0, recovered: true });
    room.clock.advance(PEACE_MS);
    const later = room.clock.now();
    room.socket.shut(1006);
    expect(room.toldOf("status").at(-1)?.status).toMatchObject({ retryAt: later + 250 });
  });

  it("ends at once when the network is back, and on reconnect()", async () => {
    const room = visit();
    await room.join();
    room.socket.shut(1006);
    room.wake();
    expect(room.sockets.length).toBe(2);
    room.socket.shut(1006);
    room.client.reconnect();
    expect(room.sockets.length).toBe(3);
    room.client.reconnect();
    expect(room.sockets.length).toBe(3);
  });
});

describe("an attempt during which the network is back", () => {
  /** A room whose fourth attempt began just now: the next wait would be up to 4 s. */
  function trying() {
    const room = visit();
    for (let n = 0; n < 3; n += 1) room.dropAndReturn();
    return room;
  }

  for (const how of ["wake", "reconnect"] as const) {
    const comeBack = (room: Visit) => (how === "wake" ? room.wake() : room.client.reconnect());

    it(`${how}: is replaced if it is not open after 2 s`, async () => {
      const room = trying();
      room.clock.advance(STALE_OPENING_MS);
      comeBack(room);
      comeBack(room);
      expect(room.sockets.map(({ ended }) => ended).slice(3)).toEqual(["lost", undefined]);
      await room.join();
      expect(room.toldOf("status").at(-1)?.status.is).toBe("joined");
    });

    it(`${how}: continues if it is younger, or open`, () => {
      const room = trying();
      room.clock.advance(STALE_OPENING_MS - 1);
      comeBack(room);
      room.socket.open();
      room.clock.advance(1);
      comeBack(room);
      expect(room.sockets.length).toBe(4);
    });

    it(`${how}: is followed by the next one soon`, () => {
      const room = trying();
      comeBack(room);
      const now = room.clock.now();
      room.socket.shut(1006);
      expect(room.toldOf("status").at(-1)?.status).toMatchObject({ retryAt: now + 250 });
    });
  }
});

describe("a dead socket", () => {
  it("is detected by its silence, because the server pings", async () => {
    const room = visit();
    await room.join();
    room.clock.advance(PING_EVERY_MS);
    room.socket.say({ type: "ping", payload: {} });
    room.clock.advance(PING_EVERY_MS + PING_GRACE_MS - 1);
    expect(room.socket.ended).toBeUndefined();
    room.clock.advance(1);
    expect(room.sockets[0]?.ended).toBe("lost");
    expect(room.toldOf("status").at(-1)?.status.is).toBe("waiting");
  });

  it("does not count as dead while anything is received", async () => {
    const room = visit();
    await room.join();
    for (let n = 0; n < 10; n += 1) {
      room.clock.advance(PING_EVERY_MS);
      room.socket.receive("something new");
    }
    expect(room.sockets.length).toBe(1);
  });

  it("is detected on waking, when it does not answer a ping", async () => {
    const room = visit();
    await room.join();
    room.socket.read();
    room.wake();
    room.wake();
    expect(room.socket.read()).toEqual([{ type: "ping", payload: {} }]);
    room.clock.advance(PROBE_WAIT_MS);
    expect(room.sockets[0]?.ended).toBe("lost");
  });

  it("is not detected when the ping is answered", async () => {
    const room = visit();
    await room.join();
    room.wake();
    room.clock.advance(PROBE_WAIT_MS - 1);
    expect(room.socket.ended).toBeUndefined();
    room.socket.say({ type: "pong", payload: {} });
    room.clock.advance(PROBE_WAIT_MS);
    expect(room.socket.ended).toBeUndefined();
  });

  it("is checked on reconnect(), too", async () => {
    const room = visit();
    await room.join();
    room.socket.read();
    room.client.reconnect();
    expect(room.socket.read()).toEqual([{ type: "ping", payload: {} }]);
  });

  it("is given up if it is not open and joined within 10 s", () => {
    const room = visit();
    room.clock.advance(JOIN_WAIT_MS - 1);
    room.socket.open();
    expect(room.socket.ended).toBeUndefined();
    room.clock.advance(1);
    expect(room.sockets[0]?.ended).toBe("lost");
  });

  it("is given more time for a join that a slow network carries, after three", async () => {
    const room = visit();
    const waits: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { socket } = room;
      socket.open();
      const from = room.clock.now();
      while (!socket.ended) room.clock.advance(500);
      waits.push(room.clock.now() - from);
      while (room.socket === socket) room.clock.advance(1);
    }
    // Three at first: by then, the ladder has tried every transport.
    const expected = [10, 10, 10, 60, 60];
    expect(waits).toEqual(expected.map((seconds) => seconds * 1_000));
    // Nothing is slow about a connection that does not open.
    const { socket } = room;
    room.clock.advance(JOIN_WAIT_MS);
    expect(socket.ended).toBe("lost");
    room.wake();
    await room.join();
    room.dropAndReturn();
    room.socket.open();
    room.clock.advance(JOIN_WAIT_MS);
    expect(room.socket.ended).toBe("lost");
  });

  it("is no longer listened to", async () => {
    const room = visit();
    await room.join();
    const old = room.socket;
    room.wake();
    room.clock.advance(PROBE_WAIT_MS + 500);
    await room.join({ head: 0, recovered: true });
    room.told();
    old.say(chat(1));
    old.shut(1000);
    expect(room.told()).toEqual([]);
  });
});

describe("ending a connection", () => {
  it("[P4] leaves: says so, and closes for good", async () => {
    const room = visit();
    await room.join();
    room.socket.read();
    room.client.leave();
    expect(room.socket.read()).toEqual([{ type: "leave", payload: {} }]);
    expect(room.socket.ended).toBe("left");
    expect(room.toldOf("status").at(-1)?.status).toEqual({ is: "closed", code: CloseCode.left });
    expect(room.clock.pending).toBe(0);
  });

  it("[P1] disconnects without leaving, and can resume", async () => {
    const room = visit();
    await room.join({ entries: chats(1, 3) });
    room.socket.read();
    room.client.close();
    expect(room.socket.read()).toEqual([]);
    expect(room.socket.ended).toBe("lost");
    const status = { is: "closed", code: CloseCode.goingAway };
    expect(room.toldOf("status").at(-1)?.status).toEqual(status);
    expect(room.clock.pending).toBe(0);
    room.client.close();
    room.client.reconnect();
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.since?.seq).toBe(3);
  });

  it("needs no connection", () => {
    const room = visit();
    room.socket.shut(1006);
    room.client.leave();
    room.clock.advance(3_600_000);
    expect(room.sockets.length).toBe(1);
  });

  it("says nothing before it joined", () => {
    const room = visit();
    room.socket.open();
    room.socket.read();
    room.client.leave();
    expect(room.socket.read()).toEqual([]);
    expect(room.socket.ended).toBe("left");
  });

  it("keeps what is written after the end for the next visit", async () => {
    const room = visit();
    await room.join();
    room.client.close();
    await room.say("later");
    expect(room.toldOf("pending").at(-1)?.pending.length).toBe(1);
    room.client.reconnect();
    await room.join({ head: 0, recovered: true });
    expect(room.socket.readAll("chat").map(({ message }) => message)).toEqual(["later"]);
  });
});
