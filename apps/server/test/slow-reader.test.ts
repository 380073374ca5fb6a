import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PlainClient } from "@parley/testkit/plain-client";
import { RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

/** Long enough that a few hundred fill every buffer on the way. */
const LONG = "x".repeat(3_900);
/** The limit is 15 s; it is looked every 3 s. */
const STALLED_FOR_SURE_MS = 20_000;

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.close());

/** Somebody in the room who has stopped reading, and somebody who talks and hears everything. */
async function build() {
  const slow = await RawSocket.open(server.port);
  slow.say({ type: "join", payload: { roomId: "123", name: "Slow" } });
  await slow.until(() => slow.frames.length > 0, "joined");
  slow.socket.pause();
  const talker = await PlainClient.connect(server.socketUrl);
  await talker.join("123", { name: "Talker" });
  return { slow, talker };
}

/** Sends until the kernel takes no more for the slow reader and the server has left it behind. */
async function talk(talker: PlainClient, messages: number, text = LONG): Promise<void> {
  for (let i = 0; i < messages; i += 1) {
    talker.say(`${i} ${text}`);
    await talker.next("chat");
  }
}

const seqs = (frames: readonly { payload: Buffer }[]) =>
  frames.flatMap(({ payload }) => {
    const { type, payload: body } = JSON.parse(payload.toString()) as {
      type: string;
      payload: { seq: number };
    };
    return type === "chat" ? [body.seq] : [];
  });

describe("somebody who does not read", () => {
  it("[O2] keeps nobody waiting, and gets everything once they read again", async () => {
    const { slow, talker } = await build();
    await talk(talker, 3_000);
    slow.socket.resume();
    const texts = () => slow.frames.filter(({ opcode }) => opcode === 1);
    await slow.until(() => texts().length === 3_002, "the last entry");
    expect(seqs(texts())).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1));
    expect(await server.metric("parley_connections")).toBe(2);
    slow.reset();
  });

  it("is closed with 4413 after 15 s, and comes off the list", async () => {
    const { slow, talker } = await build();
    await talk(talker, 3_000);
    server.pass(STALLED_FOR_SURE_MS);
    // The close code comes after what was not read; a peer that never reads it is cut off all the
    // same.
    await until(async () => expect(await server.metric("parley_connections")).toBe(1));
    server.pass(10_100);
    expect(await talker.next("left")).toMatchObject({ member: { name: "Slow" }, count: 1 });
    talker.say("still here");
    expect(await talker.next("chat")).toMatchObject({ seq: 3_001 });
    slow.reset();
  });

  it("reads the code if they read again just then", async () => {
    const { slow, talker } = await build();
    await talk(talker, 3_000);
    server.pass(STALLED_FOR_SURE_MS);
    slow.socket.resume();
    expect(await slow.closeCode()).toBe(4413);
    slow.reset();
  });
});

describe("a room full of long messages", () => {
  it("[R1] can be entered and read over a slow line", async () => {
    const talker = await PlainClient.connect(server.socketUrl);
    await talker.join("123");
    // Each of these characters takes six bytes on the wire: two hundred messages are 3 MB.
    const longest = "\u0001".repeat(2_600);
    await talk(talker, 250, longest);
    const slow = await RawSocket.open(server.port);
    slow.say({ type: "join", payload: { roomId: "123", name: "Slow" } });
    slow.say({ type: "history", payload: { limit: 200 } });
    slow.socket.pause();
    await talker.next("entered");
    await talk(talker, 20, longest);
    server.pass(14_000);
    slow.socket.resume();
    const last = () => slow.frames.at(-1)?.payload.toString() ?? "";
    await slow.until(() => last().includes('"seq":270'), "the last entry");
    expect(await server.metric("parley_connections")).toBe(2);
    for (const { payload } of slow.frames) expect(payload.length).toBeLessThan(300_000);
    slow.reset();
  });
});
