import { CONVERSATIONS_OPEN_MAX, type DownFrame } from "@parley/protocol";
import { gist } from "@parley/testkit/gist";
import { settled } from "@parley/testkit/settled";
import { beforeEach, describe, expect, it } from "vitest";
import { chat, open, PrivateRoom, tell, type JoinedMember } from "../../test/private-room.ts";

let room: PrivateRoom;
let ann: JoinedMember;
let bob: JoinedMember;

beforeEach(async () => {
  room = await PrivateRoom.open();
  ({ ann, bob } = room);
});

describe("the limits of conversations", () => {
  const guests = async (count: number) => {
    const all: JoinedMember[] = [];
    for (let i = 0; i < count; i += 1) {
      const token = `${"x".repeat(20)}${String(i).padStart(2, "0")}`;
      all.push(await room.world.join("lobby", `guest ${i}`, { token }));
    }
    ann.connection.read();
    return all;
  };
  const refusals = () =>
    ann.connection
      .read()
      .map((frame: DownFrame) => gist(frame))
      .filter((each) => each.includes("error"));

  it("10 are begun a minute, and those that were begun go on", async () => {
    const all = await guests(11);
    for (const guest of all) await tell(ann, guest, chat("hello"));
    expect(refusals()).toEqual(["private guest 10: error rate_limited"]);
    await tell(ann, all[0] as JoinedMember, chat("again"));
    expect(refusals()).toEqual([]);
    room.world.time.pass(6_000);
    await tell(ann, all[10] as JoinedMember, chat("hello"));
    expect(refusals()).toEqual([]);
  });

  it("16 are open on a connection; of those that were not asked for, the oldest is left", async () => {
    room = await PrivateRoom.open(undefined, { LIMITS: "off" });
    ({ ann } = room);
    const all = await guests(CONVERSATIONS_OPEN_MAX + 1);
    for (const guest of all) await tell(ann, guest, chat("hello"));
    expect(refusals()).toEqual([]);
    for (const guest of all) await tell(ann, guest, open());
    expect(refusals()).toEqual(["private guest 16: error too_many_conversations"]);
    await tell(ann, all[0] as JoinedMember, { type: "leave", payload: {} });
    await tell(ann, all[16] as JoinedMember, open());
    expect(refusals()).toEqual([]);
  });

  it("frames take the permits of the connection", async () => {
    for (let i = 0; i < 21; i += 1) await tell(ann, bob, chat("hello", `m${i}`));
    expect(refusals()).toEqual(["private Bob: error rate_limited"]);
    ann.send("chat", { message: "out loud" });
    await settled();
    expect(refusals()).toEqual(["error rate_limited"]);
  });
});
