import { readBell } from "@parley/protocol";
import { settled } from "@parley/testkit/settled";
import { beforeEach, describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { LogUnavailable } from "../log/log.ts";
import { FakeTime } from "../../test/fake-time.ts";
import { HeldLog } from "../../test/held-log.ts";
import { LosingLog } from "../../test/losing-log.ts";
import { World } from "../../test/world.ts";
import {
  chat,
  heard,
  idOf,
  PrivateRoom,
  tell,
  TOKENS,
  type JoinedMember,
} from "../../test/private-room.ts";
import { BellFollower } from "./bell.ts";

let log: MemoryLog;
let room: PrivateRoom;
let ann: JoinedMember;
let bob: JoinedMember;
let cat: JoinedMember;

beforeEach(async () => {
  log = new MemoryLog();
  room = await PrivateRoom.open(log);
  ({ ann, bob, cat } = room);
});

describe("the bell", () => {
  it("[W4] tells at the next join who wrote, if the client asks for it", async () => {
    bob.send("leave", {});
    await settled();
    await cat.say("x", { id: "cat-1" });
    await bob.join({ roomId: "lobby", token: TOKENS.Bob, name: "Bob" });
    await tell(ann, bob, chat("one", "m1"));
    bob.send("leave", {});
    await settled();
    await tell(ann, bob, chat("two", "m2"));
    await tell(cat, bob, chat("three", "m3"), { via: "no" });
    const bell = readBell((await bob.join({ roomId: "lobby", token: TOKENS.Bob, bell: {} })).bell);
    expect(bell).toMatchObject({ head: 2, recovered: false });
    expect(bell?.entries).toMatchObject([
      { type: "rang", payload: { id: "m1", seq: 1, from: { name: "Ann" } } },
      { type: "rang", payload: { id: "m2", seq: 2, from: { name: "Ann" } } },
    ]);
    expect(JSON.stringify(bell)).not.toContain("two");
  });

  it("[W4] goes on from where the client's copy ends, and then rings live", async () => {
    await tell(ann, bob, chat("one", "m1"));
    const first = readBell((await bob.join({ roomId: "lobby", token: TOKENS.Bob, bell: {} })).bell);
    bob.send("leave", {});
    await settled();
    await tell(ann, bob, chat("two", "m2"));
    const since = { epoch: first?.epoch ?? "", seq: 1, id: "m1" };
    const { bell } = await bob.join({ roomId: "lobby", token: TOKENS.Bob, bell: { since } });
    expect(bell).toMatchObject({
      recovered: true,
      missed: 1,
      entries: [{ payload: { id: "m2" } }],
    });
    bob.connection.read();
    await tell(ann, bob, chat("three", "m3"));
    expect(heard(bob)).toEqual(["rang Ann"]);
  });

  it("[W4] rings for the author's other devices, too, and says to whom they wrote", async () => {
    const device = await room.world.join("lobby", "Ann", { token: TOKENS.Ann, bell: {} });
    const plain = await room.enter("Ann");
    for (const { connection } of [device, plain]) connection.read();
    await tell(ann, bob, chat("one", "m1"));
    await tell(bob, ann, chat("two", "m2"));
    expect(device.connection.readAll("rang")).toMatchObject([
      { id: "m1", from: { name: "Ann" }, to: idOf(bob) },
      { id: "m2", from: { name: "Bob" } },
    ]);
    expect(heard(plain)).toEqual(["private Bob: chat one", "private Bob: chat two"]);
    await tell(ann, bob, chat("one", "m1"));
    expect(device.connection.readAll("rang")).toEqual([]);
  });

  it("[W1] [W4] rings for an author's devices if two conversations have the same id", async () => {
    const device = await room.world.join("lobby", "Ann", { token: TOKENS.Ann, bell: {} });
    const plain = await room.enter("Ann");
    for (const { connection } of [device, plain]) connection.read();
    await tell(ann, bob, chat("to Bob", "1"));
    await tell(ann, cat, chat("to Cat", "1"));
    await tell(ann, cat, chat("to Cat", "1"));
    expect(device.connection.readAll("rang")).toMatchObject([
      { id: "1", to: idOf(bob) },
      { id: "1", to: idOf(cat) },
    ]);
    expect(heard(plain)).toEqual(["private Bob: chat to Bob", "private Cat: chat to Cat"]);
    const again = await device.join({ roomId: "lobby", token: TOKENS.Ann, bell: {} });
    const bell = readBell(again.bell);
    expect(bell?.entries).toMatchObject([{ payload: { id: "1" } }, { payload: { id: "1" } }]);
    const since = { epoch: bell?.epoch ?? "", seq: 2, id: "1" };
    const { bell: later } = await device.join({
      roomId: "lobby",
      token: TOKENS.Ann,
      bell: { since },
    });
    expect(later).toMatchObject({ recovered: true, missed: 0 });
  });

  it("[W4] rings once for such an id that is sent again after a crash", async () => {
    await tell(ann, bob, chat("to Bob", "1"));
    const device = await room.world.join("lobby", "Ann", { token: TOKENS.Ann, bell: {} });
    device.connection.read();
    const append = log.append.bind(log);
    log.append = async (id, draft) => {
      if (id.includes("+")) throw new LogUnavailable("gone");
      return append(id, draft);
    };
    await tell(ann, cat, chat("to Cat", "1"));
    log.append = append;
    await tell(ann, cat, chat("to Cat", "1"));
    expect(device.connection.readAll("rang")).toMatchObject([{ id: "1", to: idOf(cat) }]);
  });

  it("rings for messages only", async () => {
    await bob.join({ roomId: "lobby", token: TOKENS.Bob, name: "Bob", bell: {} });
    bob.connection.read();
    await tell(ann, bob, chat("one", "m1"));
    await tell(ann, bob, { type: "react", payload: { target: "m1", emoji: "👍", on: true } });
    await tell(ann, bob, { type: "edit", payload: { target: "m1", message: "won" } });
    await tell(ann, bob, { type: "delete", payload: { target: "m1" } });
    await tell(ann, bob, { type: "typing", payload: { on: true } });
    expect(heard(bob)).toEqual(["rang Ann"]);
  });

  it("is told whole, however many rang meanwhile", async () => {
    await tell(ann, bob, chat("first", "m0"));
    const bell = readBell((await bob.join({ roomId: "lobby", token: TOKENS.Bob, bell: {} })).bell);
    bob.send("leave", {});
    const free = new World(log, { LIMITS: "off" });
    const elsewhere = await free.join("lobby", "Ann", { token: TOKENS.Ann });
    for (let i = 1; i <= 450; i += 1) await tell(elsewhere, bob, chat("more", `m${i}`));
    const since = { epoch: bell?.epoch ?? "", seq: 1, id: "m0" };
    bob.send("join", { roomId: "lobby", token: TOKENS.Bob, bell: { since } });
    await settled();
    const frames = bob.connection.read();
    const later = frames.flatMap((frame) =>
      frame.type === "joined" ? [readBell(frame.payload.bell)] : [],
    );
    expect(later).toMatchObject([{ recovered: true, missed: 450, head: 451 }]);
    expect(later[0]?.entries).toHaveLength(200);
    const live = frames.flatMap((frame) => (frame.type === "rang" ? [frame.payload.seq] : []));
    expect(live).toEqual(Array.from({ length: 250 }, (_, i) => 202 + i));
  });

  it("[W4] rings once for a message that is sent again after a crash between the two", async () => {
    const append = log.append.bind(log);
    let crashes = true;
    log.append = async (id, draft) => {
      if (crashes && id.includes("+")) throw new LogUnavailable("gone");
      return append(id, draft);
    };
    await bob.join({ roomId: "lobby", token: TOKENS.Bob, name: "Bob", bell: {} });
    bob.connection.read();
    await tell(ann, bob, chat("psst", "m1"));
    expect(heard(ann)).toEqual(["private Bob: error unavailable"]);
    crashes = false;
    await tell(ann, bob, chat("psst", "m1"));
    await tell(ann, bob, chat("psst", "m1"));
    expect(heard(ann)).toEqual(["private Bob: chat psst", "private Bob: chat psst"]);
    expect(heard(bob)).toEqual(["rang Ann"]);
  });

  it("[W4] is told to a plain client also after the log was lost", async () => {
    const losing = new LosingLog();
    ({ ann, bob, cat } = await PrivateRoom.open(losing));
    for (const id of ["m1", "m2"]) await tell(ann, bob, chat("before", id));
    losing.lose();
    await settled();
    bob.connection.read();
    for (const id of ["m3", "m4", "m5"]) await tell(cat, bob, chat(id, id));
    expect(heard(bob)).toEqual(["m3", "m4", "m5"].map((id) => `private Cat: chat ${id}`));
  });

  it("[W4] drops a page of a log that was lost while it was read", async () => {
    const losing = new LosingLog();
    const held = new HeldLog(losing);
    const rang: string[] = [];
    const bell = new BellFollower(held, "lobby/bob", new FakeTime().timers, {
      rang: ({ payload }) => rang.push(payload.id),
      reset: () => rang.push("reset"),
      onFailure: (error) => {
        throw error;
      },
    });
    const ring = (id: string) =>
      losing.append("lobby/bob", {
        type: "rang",
        payload: { id, at: 1, from: { id: "ann", name: "Ann" } },
      });
    await bell.follow();
    await bell.read(undefined, "10.0.0.1");
    await ring("m1");
    held.hold("read", "after");
    bell.start();
    await settled();
    losing.lose();
    await ring("m2");
    held.letThrough("read");
    held.release("read");
    await settled();
    await ring("m3");
    expect(rang).toEqual(["reset", "m2", "m3"]);
    bell.close();
  });

  it("[D6] keeps the order of what one member sends", async () => {
    for (const text of ["one", "two", "three"]) {
      ann.send("private", { with: idOf(bob), frame: chat(text, text) });
    }
    ann.send("private", {
      with: idOf(bob),
      frame: { type: "edit", payload: { target: "three", message: "four" } },
    });
    await settled();
    await settled();
    expect(heard(bob)).toEqual([
      "private Ann: chat one",
      "private Ann: chat two",
      "private Ann: chat three",
      "private Ann: edited four",
    ]);
  });
});
