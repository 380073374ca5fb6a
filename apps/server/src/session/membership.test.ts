import { StorageFull } from "../log/log.ts";
import { describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { HeldLog } from "../../test/held-log.ts";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";

/** Ann and Bob in the lobby, and the log behind it. */
async function build() {
  const log = new HeldLog(new MemoryLog());
  const world = new World(log);
  const ann = await world.join("lobby", "Ann");
  const bob = await world.join("lobby", "Bob");
  ann.connection.read();
  const kept = async () =>
    (await log.read("lobby", { limit: 200 })).entries.map(({ payload }) => payload.id);
  return { log, world, ann, bob, kept };
}

describe("what is said in a room", () => {
  it("[D1] is echoed to its author, and to all others, once it is durable", async () => {
    const { log, ann, bob } = await build();
    log.hold("append");
    ann.send("chat", { message: "hi there", id: "x" });
    await settled();
    expect(ann.connection.read()).toEqual([]);
    expect(bob.connection.read()).toEqual([]);
    log.release("append");
    await settled();
    const [echo] = ann.connection.read();
    expect(echo).toMatchObject({
      type: "chat",
      payload: { message: "hi there", id: "x", seq: 1, from: ann.joined.self },
    });
    expect(bob.connection.read()).toEqual([echo]);
  });

  it("[D1] is echoed to an author who leaves right after it", async () => {
    const { ann } = await build();
    ann.send("chat", { message: "bye", id: "x" });
    await Promise.resolve();
    ann.send("leave", {});
    await settled();
    expect(ann.connection.readGist()).toEqual(["chat bye"]);
  });

  it("[D2] is answered with the original entry if its id was there, to its author alone", async () => {
    const { ann, bob, kept } = await build();
    await ann.say("hi", { id: "x" });
    await bob.say("hello", { id: "y" });
    const [original] = ann.connection.read();
    bob.connection.read();
    await ann.say("hi", { id: "x" });
    expect(ann.connection.read()).toEqual([original]);
    expect(bob.connection.read()).toEqual([]);
    expect(await kept()).toEqual(["x", "y"]);
  });

  it("[D2] is the same for a member who came back on another connection with another name", async () => {
    const { world, ann, bob, kept } = await build();
    await ann.say("hi", { id: "x" });
    ann.close(1006);
    const again = await world.join("lobby", "Anna", { token: ann.joined.token });
    bob.connection.read();
    await again.say("hi", { id: "x" });
    expect(again.connection.readAll("chat")).toMatchObject([{ seq: 1, from: { name: "Ann" } }]);
    expect(bob.connection.read()).toEqual([]);
    expect(await kept()).toEqual(["x"]);
  });

  it("[D2] lets two members use the same id", async () => {
    const { ann, bob, kept } = await build();
    await ann.say("hi", { id: "x" });
    await bob.say("hello", { id: "x" });
    expect(bob.connection.readGist()).toEqual(["chat hi", "chat hello"]);
    expect(await kept()).toEqual(["x", "x"]);
  });

  it("[D3] is refused if its id was there with other content", async () => {
    const { ann, bob, kept } = await build();
    await ann.say("hi", { id: "x" });
    for (const { connection } of [ann, bob]) connection.read();
    await ann.say("hello", { id: "x" });
    expect(ann.connection.readAll("error")).toMatchObject([
      { code: "id_conflict", temporary: false, ref: "x" },
    ]);
    expect(bob.connection.read()).toEqual([]);
    expect(await kept()).toEqual(["x"]);
  });

  it("[D4] is refused for now if as much is stored as may be", async () => {
    const { log, ann } = await build();
    log.hold("append");
    ann.send("chat", { message: "hi", id: "x" });
    await settled();
    log.fail("append", new StorageFull("full"));
    await settled();
    expect(ann.connection.readAll("error")).toMatchObject([
      { code: "storage_full", temporary: true, ref: "x" },
    ]);
  });

  it("[D4] is refused for now if the log is away, and the connection stays", async () => {
    const { log, ann, bob } = await build();
    log.hold("append");
    ann.send("chat", { message: "hi", id: "x" });
    ann.send("chat", { message: "ho" });
    await settled();
    log.fail("append");
    log.fail("append");
    log.letThrough("append");
    await settled();
    const errors = ann.connection.readAll("error");
    expect(errors).toMatchObject([
      { code: "unavailable", temporary: true, ref: "x" },
      { code: "unavailable", temporary: true },
    ]);
    expect(errors[1]).not.toHaveProperty("ref");
    expect(ann.connection.closedWith).toBeUndefined();
    await ann.say("hi", { id: "x" });
    expect(bob.connection.readGist()).toEqual(["chat hi"]);
  });
});

describe("what speaks of another message", () => {
  it("keeps its place before what was said after it", async () => {
    const { log, ann, bob } = await build();
    await ann.say("question", { id: "q" });
    bob.connection.read();
    log.hold("find");
    bob.send("chat", { message: "answer", replyTo: "q" });
    bob.send("chat", { message: "and another thing" });
    bob.send("react", { target: "q", emoji: "👍", on: true });
    bob.send("chat", { message: "that is all" });
    await settled();
    expect(bob.connection.read()).toEqual([]);
    log.letThrough("find");
    log.release("find");
    await settled();
    expect(bob.connection.readGist()).toEqual([
      "chat answer",
      "chat and another thing",
      "reacted",
      "chat that is all",
    ]);
  });

  it("does not hold up what is said after it has failed", async () => {
    const { log, world, ann } = await build();
    log.hold("find");
    ann.send("chat", { message: "answer", id: "x", replyTo: "q" });
    ann.send("chat", { message: "next", id: "y" });
    await settled();
    log.fail("find", new Error("a bug"));
    log.letThrough("find");
    await settled();
    await ann.say("later", { id: "z" });
    expect(ann.connection.readGist().toSorted()).toEqual([
      "chat later",
      "chat next",
      "error internal",
    ]);
    expect(world.failures).toHaveLength(1);
  });

  it("[D4] is refused for now if the log is away", async () => {
    const { log, ann } = await build();
    log.hold("find");
    ann.send("edit", { target: "q", message: "better", id: "x" });
    await settled();
    log.fail("find");
    await settled();
    expect(ann.connection.readAll("error")).toMatchObject([{ code: "unavailable", ref: "x" }]);
  });

  it("is refused for good if it is not there, or not one's own", async () => {
    const { ann, bob, kept } = await build();
    await ann.say("mine", { id: "m" });
    ann.connection.read();
    bob.connection.read();
    bob.send("edit", { target: "m", message: "yours", id: "e" });
    bob.send("delete", { target: "m", id: "d" });
    bob.send("react", { target: "nothing", emoji: "👍", on: true, id: "r" });
    await settled();
    expect(bob.connection.readAll("error")).toMatchObject([
      { code: "not_author", temporary: false, ref: "e" },
      { code: "not_author", temporary: false, ref: "d" },
      { code: "unknown_target", temporary: false, ref: "r" },
    ]);
    expect(ann.connection.read()).toEqual([]);
    expect(await kept()).toEqual(["m"]);
  });

  it("is told to all if it is one's own", async () => {
    const { ann, bob } = await build();
    await ann.say("mine", { id: "m" });
    bob.connection.read();
    ann.send("edit", { target: "m", message: "better" });
    ann.send("delete", { target: "m" });
    await settled();
    expect(bob.connection.readGist()).toEqual(["edited better", "deleted"]);
  });
});

describe("who one is", () => {
  it("is told to all, oneself included, when it changes, and goes with what is said next", async () => {
    const { ann, bob } = await build();
    ann.send("rename", { name: "Anna" });
    await ann.say("hi");
    const [renamed, chat] = bob.connection.read();
    expect(renamed).toMatchObject({ type: "renamed", payload: { member: { name: "Anna" } } });
    expect(chat).toMatchObject({ payload: { from: { id: ann.joined.self.id, name: "Anna" } } });
    expect(ann.connection.readGist()).toEqual(["renamed Anna 2", "chat hi"]);
  });

  it("[O4] shows that one is typing to all others, and takes no seq", async () => {
    const { ann, bob, kept } = await build();
    ann.send("typing", { on: true });
    ann.send("typing", { on: false });
    await settled();
    const { self: member } = ann.joined;
    expect(bob.connection.readAll("typing")).toEqual([
      { member, on: true },
      { member, on: false },
    ]);
    expect(ann.connection.read()).toEqual([]);
    expect(await kept()).toEqual([]);
  });
});
