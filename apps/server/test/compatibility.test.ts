import { on, once } from "node:events";
import { decodeDown, PROTOCOL_VERSION } from "@parley/protocol";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { chat, open, PrivateRoom, tell } from "./private-room.ts";
import read from "./recordings/reader-1.4.json" with { type: "json" };
import recorded from "./recordings/protocol-1.0.json" with { type: "json" };
import { TestServer } from "./server.ts";

/**
 * A conversation of two members with a server of protocol 1.0, frame by frame. It is never recorded
 * again.
 */
const talk = recorded as readonly {
  readonly from: Person;
  readonly up: Frame;
  readonly down: Readonly<Record<Person, readonly Frame[]>>;
}[];

type Person = "ada" | "ben";
interface Frame {
  readonly type: string;
  readonly payload: object;
}

it("reads every frame of a 1.0 server as it was meant", () => {
  for (const { down } of talk) {
    for (const frame of [...down.ada, ...down.ben]) {
      expect(decodeDown(JSON.stringify(frame))).toEqual({ ok: true, frame });
    }
  }
});

it("answers a 1.0 client as a 1.0 server did, with more fields at most", async () => {
  const server = await TestServer.start();
  const sockets = { ada: await listen(server.socketUrl), ben: await listen(server.socketUrl) };
  const known = new Map<string, unknown>();
  for (const { from, up, down } of talk) {
    sockets[from].send(translated(up, known));
    for (const person of ["ada", "ben"] as const) {
      for (const frame of down[person]) {
        const heard = await sockets[person].next();
        learn(known, frame, heard);
        expect(heard).toMatchObject(translated(frame, known));
      }
    }
  }
  await server.close();
});

it("says its version in every `joined`", async () => {
  const server = await TestServer.start();
  const socket = await listen(server.socketUrl);
  socket.send({ type: "join", payload: { roomId: "lobby" } });
  expect(await socket.next()).toMatchObject({ payload: { version: PROTOCOL_VERSION } });
  await server.close();
});

/**
 * What a client of protocol 1.4 made of frames about private messages; null: it skipped the frame.
 * A ring it took for an entry of the room. It is never recorded again.
 */
const readings = read as readonly { readonly frame: Frame; readonly read: Frame | null }[];
const shapeOf = ({ type, payload }: Frame) => {
  const { frame } = payload as { frame?: Frame };
  return `${type} ${Object.keys(payload).toSorted().join()} ${frame?.type}`;
};

it("[W3] sends a 1.4 client nothing of private messages but what it skips", async () => {
  const room = await PrivateRoom.open();
  const { ann, bob } = room;
  // Bob's client is of 1.4: it asks for no bell. Private messages are opened for it.
  await tell(ann, bob, open("join"));
  await tell(ann, bob, chat("psst", "m1"));
  await tell(ann, bob, { type: "edit", payload: { target: "m1", message: "pst" } });
  await tell(ann, bob, { type: "react", payload: { target: "m1", emoji: "👍", on: true } });
  await tell(ann, bob, { type: "typing", payload: { on: true } });
  await tell(ann, bob, { type: "delete", payload: { target: "m1" } });
  await ann.say("for all");
  const sent = bob.connection.read().filter(({ type }) => type !== "chat");
  expect(sent.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => "private"));
  const skipped = new Set(
    readings.filter((each) => each.read === null).map(({ frame }) => shapeOf(frame)),
  );
  for (const frame of sent) expect(skipped).toContain(shapeOf(frame as Frame));
  const rang = readings.find(({ frame }) => frame.type === "rang");
  expect(rang?.read?.type).toBe("unknown");
  const joined = readings.find(({ frame }) => frame.type === "joined");
  expect(joined?.read?.payload).not.toHaveProperty("bell");
});

async function listen(url: string) {
  const ws = new WebSocket(url, ["parley.v1"]);
  const messages = on(ws, "message");
  await once(ws, "open");
  return {
    send: (frame: object) => ws.send(JSON.stringify(frame)),
    async next(): Promise<Frame> {
      const { value } = await messages.next();
      return JSON.parse(String((value as [Buffer])[0])) as Frame;
    },
  };
}

/** What differs in every talk: the first entry's generated `id`, the epoch, and the times. */
function learn(known: Map<string, unknown>, recorded: Frame, heard: Frame): void {
  const was = recorded.payload as Record<string, unknown>;
  const is = heard.payload as Record<string, unknown>;
  for (const field of ["id", "at", "epoch"]) {
    const before = was[field];
    if (before === undefined) continue;
    expect(typeof is[field]).toBe(typeof before);
    if (!known.has(JSON.stringify(before))) known.set(JSON.stringify(before), is[field]);
  }
}

/** A recorded frame as it reads in this talk; the wording of refusals is not part of the protocol. */
function translated(frame: Frame, known: ReadonlyMap<string, unknown>): Frame {
  const text = JSON.stringify(frame, (key, value: unknown) => {
    if (frame.type === "error" && key === "message") return undefined;
    return known.get(JSON.stringify(value)) ?? value;
  });
  return JSON.parse(text) as Frame;
}
