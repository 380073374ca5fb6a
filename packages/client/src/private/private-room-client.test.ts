import {
  FRAME_BYTES_MAX,
  type DownFrame,
  type DownPayload,
  type InnerDown,
} from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import type { RoomEvent } from "../events.ts";
import type { RoomClient } from "../room-client.ts";
import { createMemoryOutbox } from "../storage/outbox-memory.ts";
import { joinedWith } from "../testing/entries.ts";
import { fakeClock, settled } from "../testing/fake-clock.ts";
import { FakeSocket } from "../testing/fake-socket.ts";
import {
  createPrivateRoomClient,
  type PrivateRoomClient,
  type Writer,
} from "./private-room-client.ts";

const ben = { id: "Ben-1", name: "Ben" };
const ada = { id: "ada-1", name: "Ada" };
const noBell = { epoch: "b1", head: 0, entries: [], recovered: false, missed: 0 };

let client: PrivateRoomClient;
let sockets: FakeSocket[];
let clock: ReturnType<typeof fakeClock>;
let writers: readonly Writer[];
beforeEach(() => {
  clock = fakeClock();
  sockets = [];
  client = createPrivateRoomClient({
    url: "ws://test/ws",
    roomId: "lobby",
    clock,
    random: () => 0.5,
    outbox: createMemoryOutbox(),
    wakeUps: () => () => undefined,
    openTransport: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
  });
  client.subscribeWriters((told) => {
    writers = told;
  });
});

const socket = (): FakeSocket => {
  const newest = sockets.at(-1);
  if (!newest) throw new Error("There is no socket.");
  return newest;
};

/** Waits for the next socket. */
function nextSocket(): void {
  const before = sockets.length;
  while (sockets.length === before) clock.advance(100);
}

/** Opens the newest socket, and answers the join. */
async function joinRoom(more: Partial<DownPayload<"joined">> = { bell: noBell }) {
  socket().open();
  const [join] = socket().readAll("join");
  const fields = { self: ada, members: [ada, ben], count: 2, ref: "join", ...more };
  socket().say({ type: "joined", payload: joinedWith(fields) });
  await settled();
  return join;
}

const ring = (seq: number, id: string, from = ben): DownFrame & { type: "rang" } => ({
  type: "rang",
  payload: { seq, id, at: seq * 10, from },
});
const say = (frame: InnerDown) => socket().say({ type: "private", payload: { with: ben, frame } });
const frames = () =>
  socket()
    .readAll("private")
    .map(({ with: id, frame }) => ({ id, ...frame }));
const opened = (more: object = {}): InnerDown => ({
  type: "joined",
  payload: {
    ref: "join",
    self: ada,
    epoch: "c1",
    head: 0,
    entries: [],
    recovered: false,
    missed: 0,
    ...more,
  },
});
const chat = (seq: number, message: string, from = ben, id = `m${seq}`) =>
  ({ type: "chat", payload: { message, id, seq, at: seq, from } }) as const;

/** All events of a client. */
function eventsOf(one: RoomClient): RoomEvent[] {
  const events: RoomEvent[] = [];
  one.subscribe((event) => events.push(event));
  return events;
}
const lastStatus = (events: readonly RoomEvent[]) =>
  events.findLast((event) => event.type === "status")?.status.is;

describe("the bell", () => {
  it("[W4] is requested with every join, and reports who wrote, the last one first", async () => {
    expect(
      await joinRoom({ bell: { ...noBell, head: 2, entries: [ring(1, "a"), ring(2, "b")] } }),
    ).toMatchObject({ bell: {} });
    expect(writers).toEqual([{ member: ben, messages: 2, at: 20 }]);
    const cem = { id: "cem", name: "Cem" };
    socket().say(ring(3, "c", cem));
    expect(writers).toEqual([
      { member: cem, messages: 1, at: 30 },
      { member: ben, messages: 2, at: 20 },
    ]);
    expect(client.bellSince).toEqual({ epoch: "b1", seq: 3, id: "c" });
    const own = ring(4, "d", ada);
    socket().say({ type: "rang", payload: { ...own.payload, to: "Ben-1" } });
    expect(writers[0]).toEqual({ member: cem, messages: 1, at: 30 });
    expect(client.bellSince).toEqual({ epoch: "b1", seq: 4, id: "d" });
    socket().shut(1006);
    nextSocket();
    const since = { epoch: "b1", seq: 4, id: "d" };
    expect(await joinRoom()).toMatchObject({ bell: { since } });
  });
});

describe("the conversation with a member", () => {
  it("[W1] is a separate client over the room's connection", async () => {
    await joinRoom();
    const talk = client.with("Ben-1");
    expect(client.with("Ben-1")).toBe(talk);
    const events = eventsOf(talk);
    await settled();
    expect(frames()).toMatchObject([{ id: "Ben-1", type: "join", payload: { ref: "join" } }]);
    say(opened({ head: 1, entries: [chat(1, "psst")] }));
    expect(lastStatus(events)).toBe("joined");
    expect(events).toContainEqual(
      expect.objectContaining({ type: "window", entries: [chat(1, "psst")] }),
    );
    const id = talk.say("what?");
    await settled();
    expect(frames()).toMatchObject([{ type: "chat", payload: { message: "what?", id } }]);
    say(chat(2, "what?", ada, id));
    await settled();
    expect(events.findLast((event) => event.type === "pending")).toMatchObject({ pending: [] });
    expect(sockets).toHaveLength(1);
  });

  it("[W2] sends nothing to the room's own listeners", async () => {
    await joinRoom();
    const room = eventsOf(client);
    client.with("Ben-1");
    await settled();
    say(opened());
    const before = room.length;
    say(chat(1, "psst"));
    say({ type: "typing", payload: { member: ben, on: true } });
    await settled();
    expect(room).toHaveLength(before);
  });

  it("[W1] [D5] continues after a lost connection, and then sends what was written meanwhile", async () => {
    await joinRoom();
    const talk = client.with("Ben-1", { via: "m0" });
    await settled();
    say(opened());
    say(chat(1, "psst"));
    socket().shut(1006);
    const id = talk.say("what?");
    await settled();
    nextSocket();
    await joinRoom();
    await settled();
    const [join] = socket().readAll("private");
    expect(join).toMatchObject({
      via: "m0",
      frame: { type: "join", payload: { since: { epoch: "c1", seq: 1, id: "m1" } } },
    });
    say(opened({ head: 1, recovered: true }));
    await settled();
    expect(frames()).toMatchObject([{ type: "chat", payload: { message: "what?", id } }]);
  });

  it("refuses what its envelope makes too large for a frame, and sends none of it", async () => {
    await joinRoom();
    const talk = client.with("Ben-1");
    const events = eventsOf(talk);
    await settled();
    say(opened());
    frames();
    // As text of a frame, a control takes six bytes.
    const escapes = "\u001b".repeat(2_700);
    const tooLong = escapes + "x".repeat(FRAME_BYTES_MAX - 100 - 6 * escapes.length);
    talk.say(tooLong);
    talk.say("short");
    await settled();
    await settled();
    expect(frames()).toMatchObject([{ type: "chat", payload: { message: "short" } }]);
    expect(events.findLast((event) => event.type === "pending")?.pending).toMatchObject([
      { state: { is: "failed", refusal: { code: "message_too_long" } } },
      { state: { is: "sending" } },
    ]);
    client.say(tooLong);
    await settled();
    expect(socket().readAll("chat")).toMatchObject([{ message: tooLong }]);
  });

  it("renames in the room", async () => {
    await joinRoom();
    const talk = client.with("Ben-1");
    await settled();
    say(opened());
    frames();
    talk.rename("Countess");
    await settled();
    expect(socket().read()).toMatchObject([{ type: "rename", payload: { name: "Countess" } }]);
  });

  it("ends by itself, or with the room", async () => {
    await joinRoom();
    const talk = client.with("Ben-1");
    const events = eventsOf(talk);
    await settled();
    say(opened());
    frames();
    talk.leave();
    expect(frames()).toMatchObject([{ type: "leave" }]);
    expect(lastStatus(events)).toBe("closed");
    talk.reconnect();
    await settled();
    say(opened());
    expect(lastStatus(events)).toBe("joined");
    client.leave();
    expect(lastStatus(events)).toBe("closed");
  });

  it("[W3] is refused if the server has none, and nothing of it is sent", async () => {
    await joinRoom({});
    const talk = client.with("Ben-1");
    const events = eventsOf(talk);
    talk.say("psst");
    await settled();
    await settled();
    expect(lastStatus(events)).toBe("refused");
    expect(socket().read()).toEqual([]);
  });

  it("[D5] waits for a member whom a restarted server does not know, once it was open", async () => {
    await joinRoom();
    const talk = client.with("Ben-1");
    const events = eventsOf(talk);
    await settled();
    say(opened());
    talk.say("psst");
    await settled();
    socket().shut(1006);
    nextSocket();
    await joinRoom();
    await settled();
    const refused = { code: "unknown_member", message: "No.", temporary: false, ref: "join" };
    say({ type: "error", payload: refused });
    expect(lastStatus(events)).toBe("waiting");
    frames();
    while (lastStatus(events) === "waiting") clock.advance(100);
    await settled();
    say(opened());
    await settled();
    expect(frames()).toMatchObject([
      { type: "join" },
      { type: "chat", payload: { message: "psst" } },
    ]);
  });

  it("is refused for good with an unknown member", async () => {
    await joinRoom();
    const events = eventsOf(client.with("Ben-1"));
    await settled();
    const refused = { code: "unknown_member", message: "No.", temporary: false, ref: "join" };
    say({ type: "error", payload: refused });
    expect(lastStatus(events)).toBe("refused");
  });
});
