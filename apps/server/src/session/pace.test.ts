import { describe, expect, it } from "vitest";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";

/** Two messages a second and a connection, three at once; a member may write four a second. */
const LIMITS = {
  MESSAGES_PER_SECOND: "2",
  MESSAGES_BURST: "3",
  PERSON_MESSAGES_PER_SECOND: "4",
};

describe("how fast one may write", () => {
  it("[D4] names the frame that came too fast, and how long to wait", async () => {
    const world = new World(undefined, LIMITS);
    const ann = await world.join("lobby", "Ann");
    for (const id of ["1", "2", "3", "4"]) await ann.say("hi", { id });
    const [refused] = ann.connection.read().slice(3);
    expect(refused).toEqual({
      type: "error",
      payload: {
        code: "rate_limited",
        message: expect.any(String),
        temporary: true,
        ref: "4",
        retryAfter: 500,
      },
    });
    world.time.pass(500);
    await ann.say("hi", { id: "4" });
    expect(ann.connection.readGist()).toEqual(["chat hi"]);
  });

  it("counts what is said, changed, taken back and reacted alike", async () => {
    const world = new World(undefined, LIMITS);
    const ann = await world.join("lobby", "Ann");
    await ann.say("hi", { id: "m" });
    ann.send("edit", { target: "m", message: "ho" });
    ann.send("react", { target: "m", emoji: "👍", on: true });
    ann.send("delete", { target: "m" });
    await settled();
    expect(ann.connection.readGist().toSorted()).toEqual([
      "chat hi",
      "edited ho",
      "error rate_limited",
      "reacted",
    ]);
  });

  it("counts a member over all their connections in a room", async () => {
    const world = new World(undefined, LIMITS);
    const phone = await world.join("lobby", "Ann");
    const { token } = phone.joined;
    const desk = await world.join("lobby", "Ann", { token });
    for (let i = 0; i < 3; i += 1) {
      await phone.say(`phone ${i}`);
      await desk.say(`desk ${i}`);
    }
    expect(phone.connection.readAll("chat")).toHaveLength(4);
    const errors = desk.connection.readAll("error");
    expect(errors).toMatchObject([{ code: "rate_limited", retryAfter: 250 }]);
    const other = await world.join("attic", "Ann", { token });
    await other.say("elsewhere");
    expect(other.connection.readGist()).toEqual(["chat elsewhere"]);
  });

  it("takes no permit of the connection if the member has none", async () => {
    const world = new World(undefined, LIMITS);
    const phone = await world.join("lobby", "Ann");
    const desk = await world.join("lobby", "Ann", { token: phone.joined.token });
    for (let i = 0; i < 3; i += 1) await phone.say(`phone ${i}`);
    for (let i = 0; i < 9; i += 1) await desk.say(`desk ${i}`);
    desk.connection.read();
    world.time.pass(1_000);
    for (let i = 0; i < 3; i += 1) await desk.say(`desk ${i}`);
    expect(desk.connection.readAll("chat")).toHaveLength(3);
  });

  it("gives signals permits of their own", async () => {
    const world = new World(undefined, LIMITS);
    const ann = await world.join("lobby", "Ann");
    for (let i = 0; i < 100; i += 1) ann.send("ping", {});
    await ann.say("hi");
    const frames = ann.connection.readGist();
    expect(frames).toContain("chat hi");
    expect(frames.filter((frame) => frame === "error rate_limited").length).toBeGreaterThan(30);
    expect(ann.connection.closedWith).toBeUndefined();
  });

  it("is anything at all if limits are off", async () => {
    const world = new World(undefined, { ...LIMITS, LIMITS: "off" });
    const ann = await world.join("lobby", "Ann");
    for (let i = 0; i < 1_000; i += 1) ann.send("chat", { message: "hi" });
    for (let i = 0; i < 1_000; i += 1) ann.send("ping", {});
    await settled();
    expect(world.refused).toEqual([]);
  });
});

describe("how much one network address may store", () => {
  const LONG = "x".repeat(4_000);
  const MEBIBYTE = 1024 * 1024;

  /** So many members of one address, each in a room of their own. */
  const crowd = (world: World, size: number, address: string) =>
    Promise.all(
      Array.from({ length: size }, async (_, i) => {
        const visitor = world.visit(address);
        await visitor.join({ roomId: `${address}-${i}`.replaceAll(".", "-") });
        return visitor;
      }),
    );

  it("[D4] is 2 MiB a minute, over all its connections and rooms, and then it is told to wait", async () => {
    const world = new World();
    const people = await crowd(world, 50, "192.0.2.7");
    let stored = 0;
    const refusals: unknown[] = [];
    for (let second = 0; second < 60; second += 1) {
      for (const visitor of people) {
        for (let i = 0; i < 5; i += 1)
          visitor.send("chat", { message: LONG, id: `${second}-${i}` });
      }
      await settled();
      for (const { connection } of people) {
        for (const { type, payload } of connection.read()) {
          if (type === "chat") stored += payload.message.length;
          if (type === "error") refusals.push(payload);
        }
      }
      world.time.pass(1_000);
    }
    // The burst, and a minute's worth on top of it.
    expect(stored).toBeLessThan(4 * MEBIBYTE);
    expect(stored).toBeGreaterThan(3.5 * MEBIBYTE);
    expect(refusals.at(-1)).toMatchObject({
      code: "rate_limited",
      temporary: true,
      message: expect.stringContaining("network"),
      ref: "59-4",
      retryAfter: expect.any(Number),
    });
  });

  it("takes nothing from another address, and nothing from the permits of a connection", async () => {
    const world = new World(undefined, { STORED_MB_PER_MINUTE: "1", MESSAGES_BURST: "1000" });
    const [greedy] = await crowd(world, 1, "192.0.2.7");
    const [other] = await crowd(world, 1, "192.0.2.8");
    for (let i = 0; i < 300; i += 1) greedy?.send("chat", { message: LONG, id: `${i}` });
    await settled();
    expect(greedy?.connection.readAll("chat").length).toBeLessThan(260);
    await other?.say("hi");
    expect(other?.connection.readGist()).toEqual(["chat hi"]);
    world.time.pass(1_000);
    await greedy?.say("hi");
    expect(greedy?.connection.readGist()).toEqual(["chat hi"]);
  });

  it("is not spent by what came too fast and was refused", async () => {
    const world = new World(undefined, {
      STORED_MB_PER_MINUTE: "1",
      MESSAGES_PER_SECOND: "20",
      MESSAGES_BURST: "20",
    });
    const [hasty] = await crowd(world, 1, "192.0.2.7");
    for (let i = 0; i < 290; i += 1) hasty?.send("chat", { message: LONG, id: `${i}` });
    await settled();
    expect(hasty?.connection.readAll("error")).toHaveLength(270);
    world.time.pass(50);
    await hasty?.say(LONG);
    expect(hasty?.connection.readAll("error")).toEqual([]);
  });

  it("is enough for a class of thirty behind one address", async () => {
    const world = new World();
    const people = await crowd(world, 30, "192.0.2.7");
    for (let round = 0; round < 60; round += 1) {
      for (const visitor of people)
        visitor.send("chat", { message: "a sentence of a class".repeat(5) });
      await settled();
      world.time.pass(1_000);
    }
    expect(world.refused).toEqual([]);
  });
});

describe("while the server goes down", () => {
  it("[D4] nothing more is taken into the log, and everybody is told to try again", async () => {
    const world = new World();
    const ann = await world.join("lobby", "Ann");
    world.closing = true;
    await ann.say("hi", { id: "x" });
    ann.send("react", { target: "m", emoji: "👍", on: true });
    ann.send("ping", {});
    await settled();
    expect(ann.connection.read()).toMatchObject([
      { payload: { code: "restarting", temporary: true, ref: "x" } },
      { payload: { code: "restarting", temporary: true } },
      { type: "pong" },
    ]);
  });
});
