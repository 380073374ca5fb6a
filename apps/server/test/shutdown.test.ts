import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { memoryBackend } from "../src/backends/memory/backend.ts";
import { MemoryLog } from "../src/backends/memory/log.ts";
import { PlainClient } from "@parley/testkit/plain-client";
import type { Shelf } from "../src/shelf/shelf.ts";
import { HeldLog } from "./held-log.ts";
import { handshake, RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";
import { settled } from "@parley/testkit/settled";

/** Two members in a room of a server whose log waits when a test says so. */
async function build() {
  const log = new HeldLog(new MemoryLog());
  const server = await TestServer.start({ log });
  const [ann, bob] = await Promise.all([
    PlainClient.connect(server.socketUrl),
    PlainClient.connect(server.socketUrl),
  ]);
  await ann.join("123", { name: "Ann" });
  await bob.join("123", { name: "Bob" });
  return { log, server, ann, bob };
}

describe("a server that goes down", () => {
  it("closes everybody with 1012", async () => {
    const { server, ann, bob } = await build();
    await server.close();
    expect(await Promise.all([ann.closed, bob.closed])).toEqual([1012, 1012]);
    await expect(PlainClient.connect(server.socketUrl)).rejects.toThrow("ECONNREFUSED");
  });

  it("[D1] lets everybody see what was taken before, and only then says goodbye", async () => {
    const { log, server, ann, bob } = await build();
    // In a room of some size, entries wait a few ms to be written together.
    for (let i = 0; i < 40; i += 1) await (await PlainClient.connect(server.socketUrl)).join("123");
    log.hold("append");
    for (let i = 0; i < 30; i += 1) ann.say(`${i}`);
    await ann.sync();
    const closing = server.close();
    await settled();
    expect(ann.ws.readyState).toBe(ann.ws.OPEN);
    log.release("append");
    await ann.next("chat");
    while (log.waiting("append") > 0) log.release("append");
    await closing;
    expect(await ann.closed).toBe(1012);
    await bob.closed;
    const all = Array.from({ length: 30 }, (_, i) => `chat ${i}`);
    expect(ann.gistOf("chat")).toEqual(all);
    expect(bob.gistOf("chat")).toEqual(all);
  });

  it("[D1] writes the pending batches of its rooms before it closes connections", async () => {
    const flushClock = { now: () => 0, schedule: () => () => {} };
    const server = await TestServer.start({ flushClock });
    const ann = await PlainClient.connect(server.socketUrl);
    await ann.join("123");
    ann.say("hi");
    await ann.sync();
    expect(ann.gistOf("chat")).toEqual([]);
    await server.close();
    expect(await ann.closed).toBe(1012);
    expect(ann.gistOf("chat")).toEqual(["chat hi"]);
  });

  it("[D2] [D4] answers what was said again or cannot be stored, too", async () => {
    const { log, server, ann } = await build();
    ann.send("chat", { message: "hi", id: "x" });
    await ann.next("chat");
    log.hold("append");
    ann.send("chat", { message: "hi", id: "x" });
    ann.send("chat", { message: "ho", id: "y" });
    await ann.sync();
    const closing = server.close();
    await settled();
    log.release("append");
    log.fail("append");
    await closing;
    await ann.closed;
    const answers = ann.gistOf("chat", "error").toSorted();
    expect(answers).toEqual(["chat hi", "chat hi", "error unavailable"]);
  });

  it("[D4] takes nothing more, and says so", async () => {
    const { log, server, ann } = await build();
    log.hold("append");
    ann.say("before");
    await ann.sync();
    const closing = server.close();
    ann.say("after");
    expect(await ann.next("error")).toMatchObject({ code: "restarting", temporary: true });
    log.release("append");
    await closing;
    await ann.closed;
    expect(ann.gistOf("chat")).toEqual(["chat before"]);
  });

  it("is not ready any more, and takes nobody in, while it finishes", async () => {
    const { log, server, ann } = await build();
    const [ready, late] = [
      await RawSocket.connect(server.port),
      await RawSocket.connect(server.port),
    ];
    // Both are in the midst of a request, so that they are heard to the end.
    ready.write("GET /readyz HTTP/1.1\r\n");
    late.write(handshake(server.port).slice(0, -2));
    log.hold("append");
    ann.say("hi");
    await ann.sync();
    const closing = server.close();
    ready.write("Host: x\r\n\r\n");
    late.write("\r\n");
    expect(await ready.head()).toMatch(/^HTTP\/1.1 503/);
    expect(await late.head()).toMatch(/^HTTP\/1.1 503/);
    log.release("append");
    await closing;
  });

  it("does not wait for ever for a log that does not answer", async () => {
    const { log, server, ann } = await build();
    log.hold("append");
    ann.say("hi");
    await ann.sync();
    await server.close();
    expect(await ann.closed).toBe(1012);
  });

  it("closes everybody with 1012 though the shelf does not answer", async () => {
    const never = () => new Promise<never>(() => {});
    const shelf: Shelf = { get: never, put: never, take: never, list: never };
    const server = await TestServer.start({ shelf });
    const ann = await PlainClient.connect(server.socketUrl);
    await ann.join("123");
    await server.close();
    expect(await ann.closed).toBe(1012);
  });

  it("is out within seconds though nobody reads, answers or ends a request", async () => {
    const { server } = await build();
    const deaf = await RawSocket.open(server.port);
    deaf.say({ type: "join", payload: { roomId: "123" } });
    deaf.socket.pause();
    const halfway = await RawSocket.connect(server.port);
    halfway.write(handshake(server.port).slice(0, 40));
    const silent = await RawSocket.connect(server.port);
    await server.close();
    deaf.socket.resume();
    await Promise.all([deaf.closed, halfway.closed, silent.closed]);
    expect([deaf, halfway, silent].every(({ socket }) => socket.destroyed)).toBe(true);
  });

  it("goes down once, however often it is told to", async () => {
    const { server } = await build();
    const first = server.app.close();
    expect(server.app.close()).toBe(first);
    await first;
    await server.app.close();
  });

  it("says why it cannot listen", async () => {
    const { server } = await build();
    const second = createApp({
      config: readConfig({ PORT: `${server.port}`, HOST: "127.0.0.1" }),
      logger: pino({ level: "silent" }),
      backend: memoryBackend(),
      webDirectory: "/does/not/exist",
    });
    await expect(second.listen()).rejects.toThrow("EADDRINUSE");
    await second.close();
    await server.close();
  });
});
