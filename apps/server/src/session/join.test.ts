import { decodeUp } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { HeldLog } from "../../test/held-log.ts";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";

describe("who joins", () => {
  it("needs no name and gets one, from the id", async () => {
    const { joined } = await new World().join("lobby", "Ann");
    expect(joined.self.name).toBe("Ann");
    const guest = await new World().visit().join({ roomId: "lobby" });
    expect(guest.self.name).toMatch(/^guest-[a-z0-9]{1,4}$/);
  });

  it("[P2] gets a token, and an id that gives it away to nobody", async () => {
    const world = new World();
    const ann = await world.join("lobby", "Ann");
    const bob = await world.join("lobby", "Bob");
    const { self, token } = ann.joined;
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(self.id).toMatch(/^[\w-]{16}$/);
    expect(bob.joined.token).not.toBe(token);
    await ann.say("hi");
    const seen = JSON.stringify([bob.joined, bob.connection.read()]);
    expect(seen).toContain(self.id);
    expect(seen).not.toContain(token);
  });

  it("[P2] is the same member with the same token, and another member in another room", async () => {
    const world = new World();
    const { token, self } = (await world.join("lobby", "Ann")).joined;
    const here = (await world.join("lobby", "Ann", { token })).joined;
    const there = (await world.join("attic", "Ann", { token })).joined;
    expect(here.self.id).toBe(self.id);
    expect(there.self.id).not.toBe(self.id);
    expect([here.token, there.token]).toEqual([token, token]);
  });

  it("[P3] takes over with the token: nobody meets their own ghost", async () => {
    const world = new World();
    const bob = await world.join("lobby", "Bob");
    const { token } = (await world.join("lobby", "Ann")).joined;
    bob.connection.read();
    const again = await world.join("lobby", "Ann", { token });
    expect(again.joined.count).toBe(2);
    expect(again.joined.members.map(({ name }) => name)).toEqual(["Bob", "Ann"]);
    expect(bob.connection.read()).toEqual([]);
  });

  it("[P3] keeps the name that they have if they bring none", async () => {
    const world = new World();
    const ann = await world.join("lobby", "Ann");
    ann.send("rename", { name: "Anna" });
    const { token } = ann.joined;
    const { self } = await world.visit().join({ roomId: "lobby", token });
    expect(self.name).toBe("Anna");
  });

  it("is told who is there, oneself included, and what others said", async () => {
    const world = new World();
    const ann = await world.join("lobby", "Ann");
    await ann.say("hi");
    const { joined } = await world.join("lobby", "Bob");
    expect(joined).toMatchObject({
      roomId: "lobby",
      head: 1,
      count: 2,
      members: [ann.joined.self, joined.self],
      entries: [{ type: "chat", payload: { message: "hi", seq: 1 } }],
      recovered: false,
      missed: 0,
    });
    expect(ann.connection.readGist()).toEqual(["chat hi", "entered Bob 2"]);
  });

  it("[R1] goes on where their copy ends", async () => {
    const world = new World();
    const ann = await world.join("lobby", "Ann");
    for (const id of ["1", "2", "3"]) await ann.say(id, { id });
    const since = { epoch: ann.joined.epoch, seq: 1, id: "1" };
    const { joined } = await world.join("lobby", "Bob", { since });
    expect(joined).toMatchObject({ recovered: true, missed: 2 });
    expect(joined.entries).toHaveLength(2);
  });

  it("waits for the room's log and for their bell at the same time, and is seen after both", async () => {
    const log = new HeldLog(new MemoryLog());
    const world = new World(log);
    const ann = await world.join("lobby", "Ann");
    log.hold("follow");
    log.hold("read");
    world.visit().send("join", { roomId: "lobby", name: "Bob" });
    await settled();
    // The room is followed already: what is followed now is the bell.
    expect([log.waiting("follow"), log.waiting("read")]).toEqual([1, 1]);
    log.release("read");
    await settled();
    expect(ann.connection.readGist()).toEqual([]);
    log.release("follow");
    await settled();
    expect(ann.connection.readGist()).toEqual(["entered Bob 2"]);
  });

  it("is in the same room in any case of the code", async () => {
    const world = new World();
    await world.join("lobby", "Ann");
    expect(decodeUp('{"type":"join","payload":{"roomId":"LobbY"}}')).toMatchObject({
      frame: { payload: { roomId: "lobby" } },
    });
    expect((await world.visit().join({ roomId: "LobbY" })).count).toBe(2);
  });
});

describe("codes that nobody uses", () => {
  const LIMITS = { NEW_ROOMS_PER_MINUTE: "2" };

  it("can be tried only so often from one address", async () => {
    const world = new World(undefined, LIMITS);
    const guesser = world.visit("192.0.2.66");
    for (const roomId of ["1", "2", "3"]) guesser.send("join", { roomId });
    await settled();
    expect(guesser.connection.read().slice(2)).toMatchObject([
      { type: "error", payload: { code: "rate_limited", temporary: true, retryAfter: 30_000 } },
    ]);
    expect((await world.visit("192.0.2.1").join({ roomId: "3" })).count).toBe(1);
    world.time.pass(30_000);
    expect((await guesser.join({ roomId: "4" })).count).toBe(1);
  });

  it("are no rooms that have members or entries", async () => {
    const world = new World(undefined, { NEW_ROOMS_PER_MINUTE: "3" });
    const ann = await world.join("lobby", "Ann");
    for (let i = 0; i < 9; i += 1) await world.join("lobby", `Name ${i}`);
    const past = await world.join("attic", "Bob");
    await past.say("once");
    past.close(1000);
    expect((await ann.join({ roomId: "attic" })).entries).toHaveLength(1);
    // The third new room of this address.
    expect((await ann.join({ roomId: "cellar" })).count).toBe(1);
  });

  it("cannot be tried all at once on one permit", async () => {
    const log = new HeldLog(new MemoryLog());
    const world = new World(log, LIMITS);
    log.hold("read");
    for (let i = 0; i < 10; i += 1) world.visit().send("join", { roomId: `${i}` });
    await settled();
    log.letThrough("read");
    while (log.waiting("read") > 0) log.release("read");
    await settled();
    const guesser = world.visit();
    guesser.send("join", { roomId: "next" });
    await settled();
    // Two permits were there and ten were used: eight must come back, and one more is needed.
    expect(guesser.connection.readAll("error")).toMatchObject([{ retryAfter: 9 * 30_000 }]);
  });
});
