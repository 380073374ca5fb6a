import { createRoomClient, openWebSocket, type RoomClient, type Transport } from "@parley/client";
import { openHttp, type Way } from "@parley/client/http";
import { generateEntryId, type DownFrame, type UpFrame } from "@parley/protocol";
import { until } from "@parley/testkit";
import { HttpProxy } from "@parley/testkit/http-proxy";
import type { ServerProcess } from "@parley/testkit/server-process";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startServer } from "./servers.ts";

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());

let proxy: HttpProxy;
let room: string;
const ends: (() => void)[] = [];
beforeEach(async () => {
  proxy = await HttpProxy.start(server.port);
  room = generateEntryId();
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await proxy.close();
});

/** A connection, and what it reports. */
function connect(transport: Transport) {
  const told: (DownFrame | "opened" | number)[] = [];
  transport.listen({
    opened: () => told.push("opened"),
    received: (text) => told.push(JSON.parse(text) as DownFrame),
    closed: (code) => told.push(code),
  });
  ends.push(() => transport.close("lost"));
  const send = (frame: UpFrame) => transport.send(JSON.stringify(frame));
  const frames = () => told.filter((each) => typeof each === "object");
  const next = <Type extends DownFrame["type"]>(type: Type) =>
    until(() => {
      const found = frames().findLast((frame) => frame.type === type);
      if (!found) throw new Error(`There was no ${type} in ${JSON.stringify(told)}`);
      return found as Extract<DownFrame, { type: Type }>;
    });
  return { transport, told, send, frames, next };
}

async function join(transport: Transport, payload: object = {}) {
  const connection = connect(transport);
  await until(() => expect(connection.told[0]).toBe("opened"));
  connection.send({ type: "join", payload: { roomId: room, ref: "join", ...payload } });
  return connection;
}

/** The messages of the room, in order. */
async function log(): Promise<string[]> {
  const response = await fetch(`${server.url}/api/rooms/${room}/messages?limit=200`);
  const page = (await response.json()) as { entries: { payload: { message: string } }[] };
  return page.entries.map(({ payload }) => payload.message);
}

const say = (message: string, id = generateEntryId()): UpFrame => ({
  type: "chat",
  payload: { message, id },
});

const ways: [string, (url: string) => Transport][] = [
  ["a WebSocket", openWebSocket],
  ["a stream", (url) => openHttp(url, "stream")],
  ["polls", (url) => openHttp(url, "poll")],
];

describe.each(ways)("[H3] a transport by %s", (_name, open) => {
  it("joins, and names the join in its answer", async () => {
    const { next, told } = await join(open(proxy.socketUrl), { name: "Ada" });
    const { payload } = await next("joined");
    expect(payload).toMatchObject({ ref: "join", self: { name: "Ada" }, count: 1 });
    expect(told[0]).toBe("opened");
  });

  it("reports why it may not join", async () => {
    const { next } = await join(open(proxy.socketUrl), { name: "" });
    expect((await next("error")).payload).toMatchObject({ code: "bad_name", ref: "join" });
  });

  it("[O2] reports messages, one's own too, once and in order", async () => {
    const ada = await join(open(proxy.socketUrl), { name: "Ada" });
    await ada.next("joined");
    const ben = await join(openWebSocket(server.socketUrl), { name: "Ben" });
    await ben.next("joined");
    const texts = Array.from({ length: 100 }, (_, n) => `${n}`);
    for (const text of texts) (Number(text) % 2 ? ada : ben).send(say(text));
    const said = () => ada.frames().filter(({ type }) => type === "chat");
    await until(() => expect(said()).toHaveLength(100));
    const seqs = said().map(({ payload }) => "seq" in payload && payload.seq);
    expect(seqs).toEqual(texts.map((text) => Number(text) + 1));
    const own = said().map(({ payload }) => ("message" in payload ? Number(payload.message) : 0));
    const odd = own.filter((n) => n % 2);
    expect(odd).toEqual(odd.toSorted((a, b) => a - b));
  });

  it("[D6] sends frames in order, however many there are at once", async () => {
    const { send, next } = await join(open(proxy.socketUrl));
    await next("joined");
    const texts = Array.from({ length: 150 }, (_, n) => `${n} ${"x".repeat(n * 7)}`);
    for (const text of texts) send(say(text));
    await until(async () => expect(await log()).toEqual(texts));
  });

  it("answers requests, and reports who types, joins and leaves", async () => {
    const ada = await join(open(proxy.socketUrl), { name: "Ada" });
    await ada.next("joined");
    const ben = await join(openWebSocket(server.socketUrl), { name: "Ben" });
    expect((await ada.next("entered")).payload).toMatchObject({
      member: { name: "Ben" },
      count: 2,
    });
    ada.send({ type: "history", payload: { ref: "page" } });
    expect((await ada.next("history")).payload).toMatchObject({ ref: "page", head: 0 });
    ada.send({ type: "typing", payload: { on: true } });
    expect((await ben.next("typing")).payload).toMatchObject({ member: { name: "Ada" }, on: true });
    ada.send({ type: "rename", payload: { name: "Adele" } });
    expect((await ben.next("renamed")).payload).toMatchObject({ member: { name: "Adele" } });
    expect((await ada.next("renamed")).payload).toMatchObject({ member: { name: "Adele" } });
    ada.send(say("under my name"));
    expect((await ben.next("chat")).payload).toMatchObject({ from: { name: "Adele" } });
    ben.transport.close("left");
    expect((await ada.next("left")).payload).toMatchObject({ member: { name: "Ben" }, count: 1 });
  });

  it("[P4] leaves the room at once", async () => {
    const ben = await join(openWebSocket(server.socketUrl), { name: "Ben" });
    await ben.next("joined");
    const ada = await join(open(proxy.socketUrl), { name: "Ada" });
    await ada.next("joined");
    await ben.next("entered");
    ada.send({ type: "leave", payload: {} });
    ada.transport.close("left");
    expect((await ben.next("left")).payload).toMatchObject({ member: { name: "Ada" } });
  });

  it("answers when it is asked for a sign of life", async () => {
    const { send, next, told } = await join(open(proxy.socketUrl));
    await next("joined");
    const before = told.length;
    send({ type: "ping", payload: {} });
    await until(() => expect(told.length).toBeGreaterThan(before));
    expect(told.at(-1)).toMatchObject({ type: expect.stringMatching(/^p[io]ng$/) });
  });

  it("reports that it is over if there is no server", async () => {
    const { told, send } = connect(open("ws://127.0.0.1:9/ws"));
    await until(() => expect(told).toHaveLength(1));
    if (told[0] === "opened") send({ type: "join", payload: { roomId: room } });
    await until(() => expect(told.at(-1)).toBe(1006));
  });
});

describe.each<Way>(["stream", "poll"])("[H3] over HTTP by %s", (way) => {
  const open = () => openHttp(proxy.socketUrl, way);

  it("continues when a response breaks off: nothing is lost, and the client sees one connection", async () => {
    const ada = await join(open(), { name: "Ada" });
    await ada.next("joined");
    const ben = await join(openWebSocket(server.socketUrl), { name: "Ben" });
    await ada.next("entered");
    const isOpen = () => expect(proxy.streams).toBeGreaterThan(0);
    for (let n = 0; n < 5; n += 1) {
      ben.send(say(`${n}`));
      await until(isOpen);
      proxy.cutStreams();
    }
    const said = () => ada.frames().filter(({ type }) => type === "chat");
    await until(() => expect(said()).toHaveLength(5));
    expect(ada.frames().filter(({ type }) => type === "joined")).toHaveLength(1);
    expect(ada.told).not.toContain(1006);
  });

  it("[D2] ends with a request whose answer was lost; a message that is sent again is stored once", async () => {
    const ada = client(way);
    await until(() => expect(ada.head).toBe(0));
    proxy.loseAnswerTo(/^POST .*\/frames/);
    ada.say("once");
    ada.say("and after it");
    await until(() => expect(pendingOf(ada)).toBe(0));
    expect(await log()).toEqual(["once", "and after it"]);
    expect(proxy.requests.filter((name) => name.includes("/frames")).length).toBeGreaterThan(1);
  });

  it("sends one request at a time, with at most 64 frames", async () => {
    const { send, next } = await join(open());
    await next("joined");
    for (let n = 0; n < 130; n += 1) send(say(`${n}`));
    await until(async () => expect(await log()).toHaveLength(130));
    expect(proxy.requests.filter((name) => name.includes("/frames"))).toHaveLength(3);
  });
});

function client(way: Way): RoomClient {
  const { socketUrl } = proxy;
  const openTransport = () => openHttp(socketUrl, way);
  const made = createRoomClient({ url: socketUrl, roomId: room, openTransport });
  ends.push(() => made.close());
  return made;
}

function pendingOf(of: RoomClient): number {
  let pending = -1;
  of.subscribe((event) => {
    if (event.type === "pending") pending = event.pending.length;
  })();
  return pending;
}
