import { CloseCode } from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { World } from "../../test/world.ts";

const NOTHING = new Uint8Array();

let world: World;

beforeEach(() => {
  world = new World();
});

describe("a connection that floods", () => {
  it("is closed with 4429, and nothing more of it is read", async () => {
    const bob = await world.join("lobby", "Bob");
    const ann = await world.join("lobby", "Ann");
    bob.connection.read();
    for (let i = 0; i < 400; i += 1) ann.session.receive("[");
    expect(ann.connection.closedWith).toBe(CloseCode.flooding);
    const refused = world.refused.length;
    world.time.pass(1_000);
    await ann.say("more");
    ann.session.receive("[");
    expect(world.refused).toHaveLength(refused);
    expect(bob.connection.read()).toEqual([]);
  });

  it("stays on the list for 10 s, as after any other loss", async () => {
    const ann = await world.join("lobby", "Ann");
    for (let i = 0; i < 400; i += 1) ann.session.receive("[");
    expect(world.rooms.memberCount).toBe(1);
    world.time.pass(11_000);
    expect(world.rooms.memberCount).toBe(0);
    ann.close(4429);
    expect(world.rooms.memberCount).toBe(0);
  });

  it.each([
    ["binary frames", "receiveBinary"],
    ["pings and pongs", "receiveControl"],
  ] as const)("may do so with %s too", async (_what, receive) => {
    const { session, connection } = await world.join("lobby", "Ann");
    for (let i = 0; i < 400; i += 1) session[receive](NOTHING);
    expect(connection.closedWith).toBe(CloseCode.flooding);
  });

  it("is nobody who writes as fast as they may", async () => {
    const ann = await world.join("lobby", "Ann");
    for (let i = 0; i < 200; i += 1) {
      ann.send("chat", { message: "hi" });
      ann.send("typing", { on: true });
      world.time.pass(200);
    }
    expect(ann.connection.closedWith).toBeUndefined();
    expect(world.refused).toEqual([]);
  });
});

describe("a binary frame", () => {
  it("is refused by a server that takes no files, and the connection stays", async () => {
    const ann = await world.join("lobby", "Ann");
    ann.session.receiveBinary(NOTHING);
    await ann.say("hi");
    expect(ann.connection.readGist()).toEqual(["error binary_frame", "chat hi"]);
  });
});
