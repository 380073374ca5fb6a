import { CloseCode } from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { HELD_FRAMES_MAX, JOIN_WITHIN_MS, TICK_MS } from "../limits/limits.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { HeldLog } from "../../test/held-log.ts";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";

let log: HeldLog;
let world: World;

beforeEach(() => {
  log = new HeldLog(new MemoryLog());
  world = new World(log);
});

/** Somebody whose join waits for the log. */
async function joining() {
  const visitor = world.visit();
  log.hold("read");
  visitor.send("join", { roomId: "lobby", name: "Ann" });
  await settled();
  log.letThrough("read");
  return visitor;
}

describe("a connection that has not joined", () => {
  it("is refused everything but a join and a ping, and stays", async () => {
    const { session, connection } = world.visit();
    session.receive('{"type":"chat","payload":{"message":"hi","id":"x"}}');
    session.receive('{"type":"leave"}');
    session.receive('{"type":"ping"}');
    await settled();
    expect(connection.read()).toEqual([
      { type: "error", payload: expect.objectContaining({ code: "not_joined", ref: "x" }) },
      { type: "error", payload: expect.objectContaining({ code: "not_joined" }) },
      { type: "pong", payload: {} },
    ]);
    expect(connection.closedWith).toBeUndefined();
  });

  it("is closed with 4408 after 10 s, and not before", () => {
    const { connection } = world.visit();
    world.time.pass(10_000);
    expect(connection.closedWith).toBeUndefined();
    world.time.pass(TICK_MS);
    expect(connection.closedWith).toBe(CloseCode.silent);
  });

  it("cannot join any more once it was closed", async () => {
    const visitor = world.visit();
    world.time.pass(JOIN_WITHIN_MS + TICK_MS);
    visitor.send("join", { roomId: "lobby" });
    await settled();
    expect(world.rooms.count).toBe(0);
  });

  it.each(["hi there", "[]", '{"type":"join","payload":{"roomId":""}}', '{"type":"leave"}'])(
    "is not kept open by %s",
    async (text) => {
      const { session, connection } = world.visit();
      session.receive(text);
      await settled();
      world.time.pass(JOIN_WITHIN_MS + TICK_MS);
      expect(connection.closedWith).toBe(CloseCode.silent);
    },
  );

  it("has joined in time when it asks in time, however long the log takes", async () => {
    const { connection } = await joining();
    world.time.pass(JOIN_WITHIN_MS * 2);
    log.release("read");
    await settled();
    expect(connection.closedWith).toBeUndefined();
    expect(connection.readGist()).toEqual(["joined lobby"]);
  });
});

describe("a connection whose join is under way", () => {
  it("[D6] handles the frames sent during a join after it, in order", async () => {
    const visitor = await joining();
    for (const message of ["one", "two"]) visitor.send("chat", { message });
    visitor.send("ping", {});
    visitor.send("chat", { message: "three" });
    await settled();
    expect(visitor.connection.read()).toEqual([]);
    log.release("read");
    await settled();
    expect(visitor.connection.readAll("chat").map(({ message }) => message)).toEqual([
      "one",
      "two",
      "three",
    ]);
  });

  it("takes another join afterwards, and what follows it in that room", async () => {
    const visitor = await joining();
    visitor.send("chat", { message: "in the lobby" });
    visitor.send("join", { roomId: "attic", name: "Ann" });
    visitor.send("chat", { message: "in the attic" });
    log.release("read");
    await settled();
    const lobby = await log.read("lobby", { limit: 9 });
    const attic = await log.read("attic", { limit: 9 });
    expect(lobby.entries).toMatchObject([{ payload: { message: "in the lobby" } }]);
    expect(attic.entries).toMatchObject([{ payload: { message: "in the attic" } }]);
    expect(visitor.connection.readGist().at(-1)).toBe("chat in the attic");
  });

  it("[D4] is told of every frame that could not be held", async () => {
    const visitor = await joining();
    for (let i = 0; i <= HELD_FRAMES_MAX; i += 1) visitor.send("typing", { on: true });
    visitor.send("chat", { message: "one too many", id: "x" });
    expect(visitor.connection.readAll("error")).toMatchObject([
      { code: "rate_limited", temporary: true },
      { code: "rate_limited", temporary: true, ref: "x" },
    ]);
  });

  it("[P4] leaves nothing behind when it closes during a join", async () => {
    const visitor = await joining();
    visitor.close(1006);
    log.release("read");
    await settled();
    expect(world.rooms.count).toBe(0);
    expect(log.followers).toBe(0);
    expect(visitor.connection.read()).toEqual([]);
  });

  it("holds none of its binary frames once it closes, also if what it was sent never leaves", async () => {
    const visitor = world.visit();
    visitor.connection.unread = 1;
    visitor.send("join", { roomId: "lobby", name: "Ann" });
    let held = 0;
    const receive = () => {
      held += 1;
      visitor.session.receiveBinary(new Uint8Array(1), () => (held -= 1));
    };
    receive();
    receive();
    expect(held).toBe(2);
    visitor.close(1006);
    expect(held).toBe(0);
    visitor.connection.drain();
    await settled();
    receive();
    expect(held).toBe(0);
    expect(world.rooms.count).toBe(0);
  });

  it("goes on if the join failed with an unexpected error", async () => {
    const visitor = await joining();
    visitor.send("ping", {});
    log.fail("read", new Error("a bug"));
    await settled();
    expect(visitor.connection.readGist().toSorted()).toEqual(["error internal", "pong"]);
    expect(world.failures).toHaveLength(1);
    expect((await visitor.join({ roomId: "lobby", name: "Ann" })).count).toBe(1);
  });
});

describe("a connection in a room", () => {
  it("moves to another with a join: off the first list at once, on the second", async () => {
    const stayer = await world.join("lobby", "Bob");
    const mover = await world.join("lobby", "Ann");
    stayer.connection.read();
    await mover.join({ roomId: "attic", name: "Ann" });
    expect(stayer.connection.readGist()).toEqual(["left Ann 1"]);
    await stayer.say("to the lobby");
    await mover.say("to the attic");
    expect(mover.connection.readGist()).toEqual(["chat to the attic"]);
    expect(stayer.connection.readGist()).toEqual(["chat to the lobby"]);
  });

  it("[D4] stays in its room if another room cannot be joined", async () => {
    const ann = await world.join("lobby", "Ann");
    const bob = await world.join("lobby", "Bob");
    for (const { connection } of [ann, bob]) connection.read();
    log.hold("read");
    ann.send("join", { roomId: "attic" });
    await settled();
    await bob.say("still there?");
    log.fail("read");
    log.letThrough("read");
    await settled();
    await ann.say("still here");
    expect(ann.connection.readGist()).toEqual([
      "chat still there?",
      "error unavailable",
      "chat still here",
    ]);
    expect(bob.connection.readGist()).toEqual(["chat still there?", "chat still here"]);
    expect(world.rooms.count).toBe(1);
  });

  it("[P1] joins the same room again as the same member without noise", async () => {
    const bob = await world.join("lobby", "Bob");
    const ann = await world.join("lobby", "Ann");
    bob.connection.read();
    const again = await ann.join({ roomId: "LOBBY", token: ann.joined.token });
    expect(again.self).toEqual(ann.joined.self);
    expect(again.count).toBe(2);
    await bob.say("once");
    expect(ann.connection.readGist()).toEqual(["chat once"]);
    expect(bob.connection.readGist()).toEqual(["chat once"]);
  });

  it("[P1] joins the same room again without its token as another member", async () => {
    const bob = await world.join("lobby", "Bob");
    const ann = await world.join("lobby", "Ann");
    bob.connection.read();
    const again = await ann.join({ roomId: "lobby", name: "Anna" });
    expect(again.count).toBe(2);
    expect(again.self.id).not.toBe(ann.joined.self.id);
    expect(bob.connection.readGist()).toEqual(["entered Anna 3", "left Ann 2"]);
  });

  it("leaves its room and keeps the socket, for as long as it likes", async () => {
    const bob = await world.join("lobby", "Bob");
    const ann = await world.join("lobby", "Ann");
    bob.connection.read();
    ann.send("leave", {});
    ann.send("chat", { message: "hi", id: "x" });
    await settled();
    expect(bob.connection.readGist()).toEqual(["left Ann 1"]);
    expect(ann.connection.readAll("error")).toMatchObject([{ code: "not_joined", ref: "x" }]);
    world.time.pass(JOIN_WITHIN_MS * 2);
    expect(ann.connection.closedWith).toBeUndefined();
    expect((await ann.join({ roomId: "attic", name: "Ann" })).count).toBe(1);
  });

  it.each([
    [1000, "left on purpose", 0],
    [1005, "closed without a code", 0],
    [1001, "went away with its page", 1],
    [1006, "dropped", 1],
    [4408, "fell silent", 1],
  ])("[P4] %i: %s, and %i are on the list right then", async (code, _what, count) => {
    const ann = await world.join("lobby", "Ann");
    ann.close(code);
    expect(world.rooms.memberCount).toBe(count);
    world.time.pass(11_000);
    expect(world.rooms.memberCount).toBe(0);
    expect(world.rooms.count).toBe(0);
  });

  it("[P4] leaves the room that it was in when it closes on its way to another", async () => {
    const ann = await world.join("lobby", "Ann");
    log.hold("read");
    ann.send("join", { roomId: "attic" });
    await settled();
    ann.close(1000);
    log.release("read");
    await settled();
    expect(world.rooms.count).toBe(0);
  });
});
