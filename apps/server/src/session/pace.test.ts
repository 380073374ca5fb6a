import { describe, expect, it } from "vitest";
import { settled } from "../../test/settled.ts";
import { World } from "../../test/world.ts";

/** Two messages a second and a connection, three at once; a person may write four a second. */
const LIMITS = {
  MESSAGES_PER_SECOND: "2",
  MESSAGES_BURST: "3",
  PERSON_MESSAGES_PER_SECOND: "4",
};

describe("how fast one may write", () => {
  it("[D4] tells whoever is too fast which frame it was, and how long to wait", async () => {
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

  it("counts a person over all their connections in a room", async () => {
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

  it("takes no permit of the connection where the person has none", async () => {
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

  it("is anything at all where limits are off", async () => {
    const world = new World(undefined, { ...LIMITS, LIMITS: "off" });
    const ann = await world.join("lobby", "Ann");
    for (let i = 0; i < 1_000; i += 1) ann.send("chat", { message: "hi" });
    for (let i = 0; i < 1_000; i += 1) ann.send("ping", {});
    await settled();
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
