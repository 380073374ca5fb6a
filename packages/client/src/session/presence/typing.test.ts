import { TYPING_EVERY_MS, TYPING_HOLDS_MS, type Member } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { BEN, chat } from "../../testing/entries.ts";
import { visit, type Visit } from "../../testing/visit.ts";

const CLEO = { id: "cleo", name: "Cleo" };

function benTypes(room: Visit, on: boolean): void {
  types(room, BEN, on);
}

function types({ socket }: Visit, member: Member, on: boolean): void {
  socket.say({ type: "typing", payload: { member, on } });
}

/** Who types, according to the last event since the last call. */
function typists(room: Visit): readonly string[] | undefined {
  return room
    .toldOf("typing")
    .at(-1)
    ?.members.map(({ name }) => name);
}

describe("others who are typing", () => {
  it("[O4] are reported until they stop", async () => {
    const room = visit();
    await room.join();
    benTypes(room, true);
    expect(typists(room)).toEqual(["Ben"]);
    benTypes(room, false);
    expect(typists(room)).toEqual([]);
  });

  it("expire after 6 s without another report", async () => {
    const room = visit();
    await room.join();
    benTypes(room, true);
    room.clock.advance(TYPING_HOLDS_MS - 1);
    benTypes(room, true);
    room.clock.advance(TYPING_HOLDS_MS - 1);
    expect(typists(room)).toEqual(["Ben"]);
    room.clock.advance(1);
    expect(typists(room)).toEqual([]);
  });

  it("[O4] are reported, expire and change their name one by one", async () => {
    const room = visit();
    await room.join();
    types(room, BEN, true);
    room.clock.advance(1_000);
    types(room, CLEO, true);
    expect(typists(room)).toEqual(["Ben", "Cleo"]);
    room.socket.say({ type: "renamed", payload: { member: { ...CLEO, name: "Clea" }, count: 3 } });
    expect(typists(room)).toEqual(["Ben", "Clea"]);
    room.clock.advance(TYPING_HOLDS_MS - 1_000);
    expect(typists(room)).toEqual(["Clea"]);
    types(room, CLEO, true);
    types(room, BEN, true);
    expect(typists(room)).toEqual(["Cleo", "Ben"]);
    types(room, CLEO, false);
    expect(typists(room)).toEqual(["Ben"]);
  });

  it("stop when their message arrives, or when they leave", async () => {
    const room = visit();
    await room.join();
    benTypes(room, true);
    room.socket.say(chat(1, { from: BEN }));
    expect(typists(room)).toEqual([]);
    benTypes(room, true);
    room.socket.say({ type: "left", payload: { member: BEN, count: 1 } });
    expect(typists(room)).toEqual([]);
  });

  it("continue if their entry is not a message", async () => {
    const room = visit();
    await room.join({ entries: [chat(1)] });
    benTypes(room, true);
    const reaction = { target: "entry-1", targetSeq: 1, emoji: "👍", on: true };
    const entry = { id: "entry-2", seq: 2, at: 2, from: BEN };
    room.socket.say({ type: "reacted", payload: { ...reaction, ...entry } });
    expect(typists(room)).toEqual(["Ben"]);
  });

  it("get the name that they change to meanwhile", async () => {
    const room = visit();
    await room.join();
    benTypes(room, true);
    room.socket.say({ type: "renamed", payload: { member: { ...BEN, name: "Benny" }, count: 2 } });
    expect(typists(room)).toEqual(["Benny"]);
  });

  it("do not include oneself on another socket", async () => {
    const room = visit();
    await room.join();
    room.told();
    room.socket.say({
      type: "typing",
      payload: { member: { id: "anna", name: "Anna" }, on: true },
    });
    expect(room.told()).toEqual([]);
  });

  it("are unknown after a drop", async () => {
    const room = visit();
    await room.join();
    benTypes(room, true);
    room.socket.shut(1006);
    expect(typists(room)).toEqual([]);
  });
});

describe("one's own typing", () => {
  it("is reported at most once every 2 s while it continues", async () => {
    const room = visit();
    await room.join();
    room.socket.read();
    for (let key = 0; key < 50; key += 1) {
      room.client.typing(true);
      room.clock.advance(100);
    }
    expect(room.socket.readAll("typing")).toEqual([{ on: true }, { on: true }, { on: true }]);
  });

  it("is ended as soon as a frame may be sent", async () => {
    const room = visit();
    await room.join();
    room.client.typing(true);
    room.client.typing(false);
    expect(room.socket.readAll("typing")).toEqual([{ on: true }]);
    room.clock.advance(TYPING_EVERY_MS);
    expect(room.socket.readAll("typing")).toEqual([{ on: false }]);
  });

  it("is not ended if it was never reported", async () => {
    const room = visit();
    await room.join();
    room.client.typing(false);
    room.clock.advance(TYPING_EVERY_MS);
    expect(room.socket.readAll("typing")).toEqual([]);
  });

  it("needs no end when the message goes out", async () => {
    const room = visit();
    await room.join();
    room.client.typing(true);
    await room.say("done");
    room.client.typing(false);
    room.clock.advance(TYPING_EVERY_MS);
    expect(room.socket.readAll("typing")).toEqual([{ on: true }]);
  });

  it("is not reported before joining", () => {
    const room = visit();
    room.client.typing(true);
    room.socket.open();
    room.client.typing(true);
    expect(room.socket.readAll("typing")).toEqual([]);
  });
});
