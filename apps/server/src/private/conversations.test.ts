import { settled } from "@parley/testkit/settled";
import { beforeEach, describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { LogUnavailable } from "../log/log.ts";
import {
  chat,
  heard,
  idOf,
  open,
  PrivateRoom,
  tell,
  type JoinedMember,
} from "../../test/private-room.ts";
import { conversationId } from "../log/private-ids.ts";

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

describe("a private message between plain clients", () => {
  it("[W1] [W4] reaches both, and an answer too, with this one frame", async () => {
    await tell(ann, bob, chat("psst"));
    expect(heard(ann)).toEqual(["private Bob: chat psst"]);
    expect(heard(bob)).toEqual(["private Ann: chat psst"]);
    await tell(bob, ann, chat("what?"));
    expect(heard(ann)).toEqual(["private Bob: chat what?"]);
    expect(heard(bob)).toEqual(["private Ann: chat what?"]);
  });

  it("[W2] tells nobody else, and leaves the room as it is", async () => {
    await tell(ann, bob, chat("psst", "m1"));
    await tell(bob, ann, { type: "react", payload: { target: "m1", emoji: "👍", on: true } });
    await tell(ann, bob, { type: "edit", payload: { target: "m1", message: "pst" } });
    await tell(bob, ann, { type: "typing", payload: { on: true } });
    await tell(ann, bob, { type: "delete", payload: { target: "m1" } });
    expect(heard(cat)).toEqual([]);
    expect(heard(ann)).toEqual([
      "private Bob: chat psst",
      "private Bob: reacted",
      "private Bob: edited pst",
      "private Bob: typing",
      "private Bob: deleted",
    ]);
    await ann.say("hello");
    expect(cat.connection.readAll("chat")).toMatchObject([{ seq: 1 }]);
  });

  it("[W4] shows who is rung what was written since, and nothing from before", async () => {
    await tell(ann, bob, chat("one"));
    bob.send("leave", {});
    await settled();
    bob = await room.enter("Bob");
    bob.connection.read();
    ann.connection.read();
    await tell(ann, bob, chat("two"));
    await tell(ann, bob, chat("three"));
    expect(heard(bob)).toEqual(["private Ann: chat two", "private Ann: chat three"]);
  });

  it("[W1] is answered with the first one if its id comes again", async () => {
    await tell(ann, bob, chat("psst", "m1"));
    await tell(ann, bob, chat("psst", "m1"));
    await tell(ann, bob, chat("other", "m1"));
    expect(heard(bob)).toEqual(["private Ann: chat psst"]);
    expect(heard(ann)).toEqual([
      "private Bob: chat psst",
      "private Bob: chat psst",
      "private Bob: error id_conflict",
    ]);
  });

  it("goes under the name that its author has now", async () => {
    await tell(ann, bob, chat("psst"));
    ann.send("rename", { name: "Anna" });
    await tell(ann, bob, chat("it is me"));
    expect(bob.connection.readAll("private").at(-1)).toMatchObject({
      with: { name: "Anna" },
      frame: { payload: { from: { name: "Anna" } } },
    });
  });
});

describe("a conversation that a client opens", () => {
  it("[W1] is shown to both as a room is: the log, its end, and pages of it", async () => {
    await tell(ann, bob, chat("one", "m1"));
    await tell(bob, ann, chat("two", "m2"));
    bob.connection.read();
    await tell(bob, ann, open("open"));
    expect(bob.connection.readAll("private")).toMatchObject([
      {
        frame: {
          type: "joined",
          payload: { ref: "open", self: { name: "Bob" }, head: 2, recovered: false },
        },
      },
    ]);
    await tell(bob, ann, { type: "history", payload: { limit: 1, ref: "page" } });
    expect(bob.connection.readAll("private")).toMatchObject([
      { frame: { type: "history", payload: { ref: "page", more: true, head: 2 } } },
    ]);
  });

  it("[W1] goes on from where the client's copy ends", async () => {
    await tell(ann, bob, chat("one", "m1"));
    await tell(ann, bob, open());
    const [first, opened] = ann.connection.readAll("private");
    expect(first).toMatchObject({ frame: { type: "chat" } });
    const { epoch } = (opened as { frame: { payload: { epoch: string } } }).frame.payload;
    await tell(bob, ann, chat("two", "m2"));
    ann.connection.read();
    const since = { epoch, seq: 1, id: "m1" };
    await tell(ann, bob, { type: "join", payload: { since } });
    await tell(bob, ann, chat("three", "m3"));
    expect(ann.connection.readAll("private")).toMatchObject([
      { frame: { type: "joined", payload: { recovered: true, missed: 1, entries: [{}] } } },
      { frame: { type: "chat", payload: { seq: 3 } } },
    ]);
  });

  it("is heard no more once it is left", async () => {
    await tell(ann, bob, chat("one"));
    await tell(ann, bob, { type: "leave", payload: {} });
    ann.connection.read();
    await tell(bob, ann, { type: "typing", payload: { on: true } });
    expect(heard(ann)).toEqual([]);
  });

  it("[W5] ends with the place in the room", async () => {
    await tell(ann, bob, chat("one"));
    ann.send("leave", {});
    await settled();
    ann.connection.read();
    await tell(bob, ann, chat("two"));
    await tell(ann, bob, chat("three"));
    expect(heard(ann)).toEqual(["error not_joined"]);
  });

  it("[W3] refuses what is wrong in it within it", async () => {
    const { session } = ann;
    const frame = { type: "chat", payload: { message: " ", id: "m1" } };
    session.receive(JSON.stringify({ type: "private", payload: { with: idOf(bob), frame } }));
    await tell(ann, bob, { type: "edit", payload: { target: "m9", message: "x", id: "m2" } });
    expect(ann.connection.readAll("private")).toMatchObject([
      { frame: { payload: { code: "message_empty", ref: "m1" } } },
      { frame: { payload: { code: "unknown_target", ref: "m2" } } },
    ]);
  });
});

describe("the other member of a conversation", () => {
  it("can be a member who is here, but not oneself", async () => {
    await tell(ann, "nobody-here", chat("hello?"), { ref: "q" });
    await tell(ann, ann, chat("me?", "m2"));
    expect(ann.connection.readAll("private")).toMatchObject([
      { with: { id: "nobody-here" }, frame: { payload: { code: "unknown_member", ref: "q" } } },
      { frame: { payload: { code: "unknown_member", ref: "m2" } } },
    ]);
    expect(
      (await log.read(conversationId("lobby", idOf(ann), "nobody-here"), { limit: 1 })).head,
    ).toBe(0);
  });

  it("can be the author of an entry in the room", async () => {
    await bob.say("hello", { id: "of-bob" });
    bob.send("leave", {});
    await settled();
    await tell(ann, bob, chat("gone?", "m1"));
    await tell(ann, bob, chat("gone?", "m1"), { via: "of-cat" });
    await tell(ann, bob, chat("gone?", "m1"), { via: "of-bob" });
    expect(heard(ann).filter((each) => each.startsWith("private"))).toEqual([
      expect.stringContaining("error unknown_member"),
      expect.stringContaining("error unknown_member"),
      "private Bob: chat gone?",
    ]);
  });

  it("[W4] can be a member whom one rang before a crash took the message", async () => {
    const append = log.append.bind(log);
    log.append = async (id, draft) => {
      if (id.includes("+")) throw new LogUnavailable("gone");
      return append(id, draft);
    };
    await tell(ann, bob, chat("psst", "m1"));
    log.append = append;
    bob.send("leave", {});
    ann.send("leave", {});
    await settled();
    ann = await room.enter("Ann");
    ann.connection.read();
    await tell(ann, bob, chat("psst", "m1"));
    await tell(cat, bob, chat("psst", "m1"));
    expect(heard(ann)).toEqual([expect.stringMatching(/^private .*: chat psst$/)]);
    expect(heard(cat)).toContainEqual(expect.stringContaining("error unknown_member"));
  });

  it("can be a member with whom there is a conversation already", async () => {
    await tell(ann, bob, chat("one"));
    await tell(bob, ann, chat("two"));
    bob.send("leave", {});
    ann.send("leave", {});
    await settled();
    ann = await room.enter("Ann");
    ann.connection.read();
    await tell(ann, bob, open());
    await tell(ann, bob, chat("still there?"));
    expect(heard(ann)).toEqual(["private Bob: joined", "private Bob: chat still there?"]);
  });
});

it("names no log of a conversation as a room", async () => {
  const roomId = conversationId("lobby", idOf(ann), idOf(bob));
  cat.session.receive(JSON.stringify({ type: "join", payload: { roomId } }));
  cat.session.receive(JSON.stringify({ type: "join", payload: { roomId: `lobby/${idOf(bob)}` } }));
  await settled();
  expect(heard(cat)).toEqual(["error bad_room", "error bad_room"]);
});

it("[W3] a server that does not know such frames refuses them, and nothing is public", async () => {
  const frame = chat("psst", "m1");
  const unknown = { type: "whisper", payload: { with: idOf(bob), message: "psst", frame } };
  ann.session.receive(JSON.stringify(unknown));
  await settled();
  expect(heard(ann)).toEqual(["error unknown_type"]);
  expect([heard(bob), heard(cat)]).toEqual([[], []]);
  expect((await log.read("lobby", { limit: 1 })).head).toBe(0);
});
