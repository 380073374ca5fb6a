import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bystanders } from "./bystanders.ts";
import { PlainClient } from "@parley/testkit/plain-client";
import { handshake, RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

/** How much more memory may be used after a thousand connections than before, in bytes. */
const GROWTH_BYTES_MAX = 5_000_000;

let server: TestServer;
let stopTalking: () => Promise<void>;

// Two members write through every one of these tests, and lose nothing.
beforeEach(async () => {
  server = await TestServer.start();
  stopTalking = await bystanders(server);
});
afterEach(async () => {
  await stopTalking();
  await server.close();
});

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes in use, once everything that can go has gone. */
async function bytesInUse(): Promise<number> {
  for (let i = 0; i < 3; i += 1) {
    collectGarbage();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return process.memoryUsage().heapUsed;
}

/** So many members join rooms of their own or of many, and are cut off in one way or another. */
async function comeAndBreak(count: number): Promise<void> {
  const ways: ((raw: RawSocket) => void)[] = [
    (raw) => raw.reset(),
    (raw) => raw.socket.destroy(),
    (raw) => raw.socket.end(),
    (raw) => raw.write(Buffer.alloc(64, 0xff)),
  ];
  const comeAndGo = async (i: number) => {
    const raw = await RawSocket.open(server.port);
    raw.say({ type: "join", payload: { roomId: `room-${i % 100}`, name: `Name ${i}` } });
    // Every other one is gone before the answer comes.
    if (i % 2 === 0) await raw.until(() => raw.frames.length > 0, "joined");
    ways[i % ways.length]?.(raw);
    await raw.closed;
  };
  for (let from = 0; from < count; from += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, i) => comeAndGo(from + i)));
  }
  await until(async () => expect(await server.metric("parley_connections")).toBe(2));
}

describe("a storm", () => {
  it("of 1,000 connections that break leaves nobody, no room and no memory behind", async () => {
    await comeAndBreak(200);
    server.pass(10_100);
    const before = await bytesInUse();
    await comeAndBreak(1_000);
    expect(await server.metric("parley_members")).toBeGreaterThan(2);
    server.pass(10_100);
    expect(await server.metric("parley_members")).toBe(2);
    expect(await server.metric("parley_rooms")).toBe(1);
    expect((await bytesInUse()) - before).toBeLessThan(GROWTH_BYTES_MAX);
  });

  it("of resets after every byte of a handshake leaves nothing behind", async () => {
    const request = Buffer.from(handshake(server.port));
    for (let bytes = 0; bytes <= request.length; bytes += 1) {
      const raw = await RawSocket.connect(server.port);
      raw.write(request.subarray(0, bytes));
      if (bytes === request.length) await raw.head();
      raw.reset();
    }
    const refused = handshake(server.port, {}, "/nowhere");
    const gone = Array.from({ length: 100 }, async (_, i) => {
      const raw = await RawSocket.connect(server.port);
      raw.write(i % 2 === 0 ? request : refused);
      raw.reset();
    });
    await Promise.all(gone);
    await until(async () => expect(await server.metric("parley_connections")).toBe(2));
  });

  it("of 2,000 handshakes that stop halfway keeps nobody from talking or coming in", async () => {
    const half = handshake(server.port).slice(0, -30);
    const open = async () => {
      const raw = await RawSocket.connect(server.port);
      raw.write(half);
      return raw;
    };
    const sockets: RawSocket[] = [];
    for (let i = 0; i < 20; i += 1) {
      sockets.push(...(await Promise.all(Array.from({ length: 100 }, open))));
    }
    const late = await PlainClient.connect(server.socketUrl);
    expect(await late.join("late")).toMatchObject({ count: 1 });
    await late.leave();
    // Each is answered with 408 and closed, without anybody's doing, within a few seconds.
    await Promise.all(sockets.map((raw) => raw.closed));
    for (const raw of sockets) expect(raw.received.toString()).toMatch(/^HTTP\/1.1 408/);
  });

  it("of members who join, write and move loses nothing and miscounts nobody", async () => {
    const wanderers = await Promise.all(
      Array.from({ length: 50 }, () => PlainClient.connect(server.socketUrl)),
    );
    await Promise.all(
      wanderers.map(async (wanderer, who) => {
        for (let round = 0; round < 10; round += 1) {
          await wanderer.join(`room-${(who + round) % 7}`, { name: `Name ${who}` });
          wanderer.say(`${who} ${round}`);
          await wanderer.next("chat");
        }
      }),
    );
    expect(await server.metric("parley_members")).toBe(52);
    expect(await server.metric("parley_rooms")).toBe(8);
    await Promise.all(wanderers.map((wanderer) => wanderer.leave()));
    // Each has seen its goodbye answered, which is before the server has seen the socket close.
    await until(async () => expect(await server.metric("parley_members")).toBe(2));
    expect(await server.metric("parley_rooms")).toBe(1);
  });
});
