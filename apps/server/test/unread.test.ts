import { until } from "@parley/testkit";
import { afterEach, describe, expect, it } from "vitest";
import { PlainClient } from "@parley/testkit/plain-client";
import { RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

const LONG = "x".repeat(4_000);
/** More answers of 4 KB than the system holds for a reader. */
const ANSWERS = 6_000;
/** More pages of 256 KiB than the system holds for a reader, and as many as may be asked for. */
const PAGES = 60;

let server: TestServer;
const sockets: RawSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.reset();
  await server.close();
});

/** Somebody in a room who says something long, and reads nothing from then on. */
async function deafSocket(roomId = "lobby"): Promise<RawSocket> {
  const deaf = await RawSocket.open(server.port);
  sockets.push(deaf);
  deaf.say({ type: "join", payload: { roomId } });
  deaf.say({ type: "chat", payload: { message: LONG, id: "long" } });
  await deaf.until(() => deaf.frames.length === 2, "the echo");
  deaf.socket.pause();
  return deaf;
}

/** A room whose last page is as large as a page can be. */
async function fillRoom(): Promise<void> {
  const filler = await PlainClient.connect(server.socketUrl);
  await filler.join("full");
  for (let i = 0; i < 70; i += 1) filler.say(LONG);
  for (let i = 0; i < 70; i += 1) await filler.next("chat");
  await filler.leave();
}

function askForPages(deaf: RawSocket): void {
  for (let i = 0; i < PAGES; i += 1) deaf.say({ type: "history", payload: { limit: 200 } });
}

/** Says the same again and again: each is answered with its entry, to nobody else. */
function repeat(deaf: RawSocket): void {
  const frame = { type: "chat", payload: { message: LONG, id: "long" } };
  for (let i = 0; i < ANSWERS; i += 1) deaf.say(frame);
}

const cutOff = (why: string) => server.metric(`parley_cut_off_total{why="${why}"}`);
/** What a busy machine may need until every buffer on the way is full, in ms. */
const patience = { withinMs: 120_000 };
const connections = () => server.metric("parley_connections");
const unreadBytes = () => server.metric("parley_unread_bytes");

/** Waits until the system takes no more, so that what waits is the server's. */
async function allBuffersAreFull(): Promise<void> {
  let last = 0;
  const look = async () => {
    const before = last;
    last = await unreadBytes();
    expect(last).toBeGreaterThan(100_000);
    expect(last).toBe(before);
  };
  await until(look, { ...patience, everyMs: 300 });
}

describe("a connection whose answers are not read", () => {
  it("is cut off when 1 MiB waits, at once", async () => {
    server = await TestServer.start();
    const deaf = await deafSocket();
    repeat(deaf);
    await until(async () => expect(await cutOff("unread")).toBe(1), patience);
    await until(async () => expect(await connections()).toBe(0), patience);
    expect(await cutOff("stalled")).toBe(0);
  });

  it("is cut off when nothing of a page has left for 15 s, and not before", async () => {
    server = await TestServer.start();
    await fillRoom();
    const deaf = await deafSocket("full");
    askForPages(deaf);
    await allBuffersAreFull();
    // What waits is one page: the others are not read before it has left.
    expect(await unreadBytes()).toBeLessThan(600_000);
    server.pass(14_000);
    expect(await cutOff("stalled")).toBe(0);
    expect(await connections()).toBe(1);
    server.pass(6_000);
    await until(async () => expect(await cutOff("stalled")).toBe(1), patience);
    await until(async () => expect(await connections()).toBe(0), patience);
    expect(await cutOff("unread")).toBe(0);
  });

  it("[R1] gets every page if it reads again in time", async () => {
    server = await TestServer.start();
    const deaf = await deafSocket();
    askForPages(deaf);
    deaf.socket.resume();
    const pages = () =>
      deaf.frames.filter(({ payload }) => payload.toString().startsWith('{"type":"history"'));
    await deaf.until(() => pages().length === PAGES, "the last page");
    expect(await connections()).toBe(1);
  });
});

describe("connections whose answers together are not read", () => {
  it("are cut off, the greediest first, when MEMORY_MB wait", async () => {
    server = await TestServer.start({ env: { LIMITS: "off", MEMORY_MB: "8" } });
    const reader = await PlainClient.connect(server.socketUrl);
    await reader.join("elsewhere");
    await fillRoom();
    for (let i = 0; i < 40; i += 1) askForPages(await deafSocket("full"));
    await until(async () => expect(await cutOff("memory")).toBeGreaterThan(0), patience);
    reader.say("still here");
    expect(await reader.next("chat")).toMatchObject({ message: "still here" });
    expect(await unreadBytes()).toBeLessThan(9_000_000);
  });
});
