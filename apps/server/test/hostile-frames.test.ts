import { until } from "@parley/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bystanders } from "./bystanders.ts";
import { PlainClient } from "@parley/testkit/plain-client";
import { rawFrame, RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;

let server: TestServer;
let stopTalking: () => Promise<void>;

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

// Two members write through every one of these tests, and lose nothing.
beforeEach(async () => {
  stopTalking = await bystanders(server);
});
afterEach(() => stopTalking());

const isClose = ({ opcode }: { opcode: number }) => opcode === CLOSE;

/** A byte after the other, each in a message of its own pieces. */
function pieces(count: number): Buffer {
  const rest = Array.from({ length: count - 2 }, () =>
    rawFrame({ opcode: 0, payload: "x", more: true }),
  );
  return Buffer.concat([
    rawFrame({ opcode: TEXT, payload: "x", more: true }),
    ...rest,
    rawFrame({ opcode: 0, payload: "x" }),
  ]);
}

describe("a frame that breaks the protocol", () => {
  it.each<[string, Buffer, number]>([
    ["bad UTF-8", rawFrame({ opcode: TEXT, payload: Buffer.from([0x22, 0xff, 0x22]) }), 1007],
    [
      "half a character",
      rawFrame({ opcode: TEXT, payload: Buffer.from([0xed, 0xa0, 0x80]) }),
      1007,
    ],
    ["an overlong character", rawFrame({ opcode: TEXT, payload: Buffer.from([0xc0, 0xaf]) }), 1007],
    ["an unknown opcode", rawFrame({ opcode: 3 }), 1002],
    ["an unknown control opcode", rawFrame({ opcode: 11 }), 1002],
    ["no mask", rawFrame({ opcode: TEXT, payload: "{}", unmasked: true }), 1002],
    ["a compressed flag", rawFrame({ opcode: TEXT, payload: "{}", reserved: 0b100 }), 1002],
    ["a reserved bit", rawFrame({ opcode: TEXT, payload: "{}", reserved: 0b010 }), 1002],
    ["the other reserved bit", rawFrame({ opcode: TEXT, payload: "{}", reserved: 0b001 }), 1002],
    ["a piece of nothing", rawFrame({ opcode: 0, payload: "x" }), 1002],
    ["a ping in pieces", rawFrame({ opcode: PING, payload: "x", more: true }), 1002],
    ["a ping that is too long", rawFrame({ opcode: PING, payload: "x".repeat(126) }), 1002],
    ["a goodbye of one byte", rawFrame({ opcode: CLOSE, payload: "x" }), 1002],
    [
      "a goodbye with a code of nobody",
      rawFrame({ opcode: CLOSE, payload: Buffer.from([0, 1]) }),
      1002,
    ],
    [
      "a text in a text",
      Buffer.concat([
        rawFrame({ opcode: TEXT, payload: "x", more: true }),
        rawFrame({ opcode: TEXT, payload: "x" }),
      ]),
      1002,
    ],
    ["a body of 1 MB", rawFrame({ opcode: TEXT, payload: "x".repeat(1_000_000) }), 1009],
    ["a binary body of 1 MB", rawFrame({ opcode: BINARY, payload: "x".repeat(1_000_000) }), 1009],
    [
      "a length beyond all numbers",
      Buffer.from([0x81, 0xff, ...Array<number>(8).fill(0x7f)]),
      1009,
    ],
    ["a body of 16 KiB and a byte", rawFrame({ opcode: TEXT, payload: "x".repeat(16_385) }), 1009],
    [
      "a file of 256 KiB and a byte",
      rawFrame({ opcode: BINARY, payload: "x".repeat(262_145) }),
      1009,
    ],
    [
      "a text in pieces of 16 KiB and a byte",
      Buffer.concat([
        rawFrame({ opcode: TEXT, payload: "x".repeat(16_384), more: true }),
        rawFrame({ opcode: 0, payload: "x" }),
      ]),
      1009,
    ],
    ["17 pieces", pieces(17), 1008],
  ])("%s: is answered with its code, and ends one connection", async (_what, bytes, code) => {
    const raw = await RawSocket.open(server.port);
    raw.say({ type: "join", payload: { roomId: "123" } });
    raw.write(bytes);
    expect(await raw.closeCode()).toBe(code);
    raw.socket.end();
    await raw.closed;
    await until(async () => expect(await server.metric("parley_connections")).toBe(2));
  });

  it("is cut off if it goes on and on, and is not kept in memory", async () => {
    const raw = await RawSocket.open(server.port);
    const large = Buffer.alloc(1_000_000, 0x78);
    raw.write(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4]));
    for (let i = 0; i < 20 && !raw.socket.destroyed; i += 1) raw.write(large);
    expect(await raw.closeCode()).toBe(1009);
    raw.reset();
  });
});

describe("large binary frames", () => {
  it("are eight of a network address at the same time: one more is not read", async () => {
    const frame = rawFrame({ opcode: BINARY, payload: "x".repeat(200_000) });
    const nine = await Promise.all(Array.from({ length: 9 }, () => RawSocket.open(server.port)));
    for (const raw of nine) raw.write(frame.subarray(0, 100_000));
    const [one, code] = await Promise.race(
      nine.map(async (raw) => [raw, await raw.closeCode()] as const),
    );
    expect(code).toBe(1009);
    one.reset();
    for (const raw of nine.filter((each) => each !== one)) {
      raw.write(frame.subarray(100_000));
      await raw.until(() => raw.frames.length > 0, "an answer");
      expect(raw.frames[0]?.payload.toString()).toContain("not_joined");
      raw.reset();
    }
  });
});

describe("a frame that only looks strange", () => {
  it("is taken in 16 pieces, a byte at a time, with pings in between", async () => {
    const raw = await RawSocket.open(server.port);
    const text = '{"type":"ping"}';
    const frames = text
      .split("")
      .map((byte, i) =>
        Buffer.concat([
          rawFrame({ opcode: i === 0 ? TEXT : 0, payload: byte, more: true }),
          rawFrame({ opcode: PING, payload: `${i}` }),
        ]),
      );
    for (const frame of [...frames, rawFrame({ opcode: 0, payload: "" })]) {
      for (const byte of frame) raw.write(Buffer.from([byte]));
    }
    const texts = () => raw.frames.filter(({ opcode }) => opcode === TEXT);
    await raw.until(() => texts().length > 0, "an answer");
    expect(texts()[0]?.payload.toString()).toBe('{"type":"pong","payload":{}}');
    expect(raw.frames.filter(({ opcode }) => opcode === 10)).toHaveLength(15);
    raw.reset();
  });

  it("may be as large as 16 KiB", async () => {
    const client = await PlainClient.connect(server.socketUrl);
    await client.join("123");
    const head = '{"type":"chat","payload":{"message":"hi","x":"';
    client.ws.send(`${head}${"x".repeat(16_384 - head.length - 3)}"}}`);
    expect(await client.next("chat")).toMatchObject({ message: "hi" });
    await client.leave();
  });
});

describe("a flood", () => {
  let limited: TestServer;
  // One each: what an address may send is soon used up, and is given again by a time that stands still.
  beforeEach(async () => {
    limited = await TestServer.start({ env: {} });
  });
  afterEach(() => limited.close());

  it.each([
    ["frames", rawFrame({ opcode: TEXT, payload: '{"type":"ping"}' })],
    ["binary frames", rawFrame({ opcode: BINARY, payload: "x" })],
    ["pongs", rawFrame({ opcode: 10 })],
    ["nonsense", rawFrame({ opcode: TEXT, payload: "[" })],
  ])("of %s ends with 4429", async (_what, frame) => {
    const raw = await RawSocket.open(limited.port);
    raw.write(Buffer.concat(Array.from({ length: 1_000 }, () => frame)));
    expect(await raw.closeCode()).toBe(4429);
    raw.reset();
  });

  it("of pings ends with 4429, and at once if nobody waits for the pongs", async () => {
    const ping = rawFrame({ opcode: PING });
    const patient = await RawSocket.open(limited.port);
    for (let sent = 50; sent <= 600 && !patient.frames.some(isClose); sent += 50) {
      patient.write(Buffer.concat(Array.from({ length: 50 }, () => ping)));
      await patient.until(
        () => patient.frames.length >= sent || patient.frames.some(isClose),
        "pongs",
      );
    }
    expect(await patient.closeCode()).toBe(4429);
    patient.reset();
    const hasty = await RawSocket.open(limited.port);
    hasty.write(Buffer.concat(Array.from({ length: 1_000 }, () => ping)));
    await hasty.closed;
  });
});
