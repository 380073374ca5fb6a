import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PlainClient } from "@parley/testkit/plain-client";
import { RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

let server: TestServer;
/** Stays in the room and sees who comes and goes. */
let witness: PlainClient;

beforeEach(async () => {
  server = await TestServer.start();
  witness = await PlainClient.connect(server.socketUrl);
  await witness.join("lobby", { name: "Witness" });
});
afterEach(() => server.close());

async function come(name: string): Promise<PlainClient> {
  const client = await PlainClient.connect(server.socketUrl);
  await client.join("lobby", { name });
  await witness.next("entered");
  return client;
}

/** Lets ten seconds of absence pass once the server has noticed how a connection ended. */
async function missFor10s(connections: number): Promise<void> {
  await until(async () => expect(await server.metric("parley_connections")).toBe(connections));
  expect(await server.metric("parley_members")).toBe(2);
  expect(witness.gistOf("left")).toEqual([]);
  server.pass(10_100);
}

describe("the count, after somebody", () => {
  it.each([
    ["left with 1000", (client: PlainClient) => client.ws.close(1000)],
    ["closed without a code", (client: PlainClient) => client.ws.close()],
    ["said leave", (client: PlainClient) => client.send("leave", {})],
    ["moved to another room", (client: PlainClient) => client.send("join", { roomId: "attic" })],
  ])("[P4] %s, is right at once", async (_how, go) => {
    go(await come("Ann"));
    expect(await witness.next("left")).toMatchObject({ member: { name: "Ann" }, count: 1 });
  });

  it.each([
    ["closed with its page, 1001", (client: PlainClient) => client.ws.close(1001)],
    ["was cut off", (client: PlainClient) => client.ws.terminate()],
    ["broke the protocol", (client: PlainClient) => client.ws.send("x".repeat(20_000))],
  ])("[P4] %s, is right after 10 s", async (_how, go) => {
    go(await come("Ann"));
    await missFor10s(1);
    expect(await witness.next("left")).toMatchObject({ member: { name: "Ann" }, count: 1 });
    expect(await server.metric("parley_members")).toBe(1);
  });

  it("[P4] was reset in the midst of a frame, is right after 10 s", async () => {
    const raw = await RawSocket.open(server.port);
    raw.say({ type: "join", payload: { roomId: "lobby", name: "Ann" } });
    await witness.next("entered");
    raw.write(Buffer.from([0x81, 0xfe, 0x10]));
    raw.reset();
    await missFor10s(1);
    expect(await witness.next("left")).toMatchObject({ count: 1 });
  });

  it("[P4] fell silent with an open socket, is right after 35 s and 10 s more", async () => {
    const raw = await RawSocket.open(server.port);
    raw.say({ type: "join", payload: { roomId: "lobby", name: "Ann" } });
    await witness.next("entered");
    server.pass(25_100);
    await raw.until(() => raw.frames.some(({ opcode }) => opcode === 9), "a ping");
    // The witness answers its ping, as every WebSocket does; this one has nobody behind it.
    await witness.sync();
    expect(raw.frames.some(({ opcode }) => opcode === 8)).toBe(false);
    server.pass(10_100);
    await raw.closed;
    await missFor10s(1);
    expect(await witness.next("left")).toMatchObject({ member: { name: "Ann" }, count: 1 });
    expect(witness.ws.readyState).toBe(witness.ws.OPEN);
  });

  it("[P1] [P3] came back within 10 s, never changes", async () => {
    const ann = await come("Ann");
    const [joined] = ann.frames;
    if (joined?.type !== "joined") throw new Error("Ann has not joined.");
    ann.ws.terminate();
    await until(async () => expect(await server.metric("parley_connections")).toBe(1));
    server.pass(9_000);
    const again = await PlainClient.connect(server.socketUrl);
    const { count } = await again.join("lobby", { token: joined.payload.token });
    expect(count).toBe(2);
    server.pass(20_000);
    await witness.sync();
    expect(witness.gistOf("left", "entered")).toEqual(["entered Ann 2"]);
  });

  it("[P1] opened and closed a second tab, never changes", async () => {
    const ann = await come("Ann");
    const [joined] = ann.frames;
    if (joined?.type !== "joined") throw new Error("Ann has not joined.");
    const tab = await PlainClient.connect(server.socketUrl);
    expect(await tab.join("lobby", { token: joined.payload.token })).toMatchObject({ count: 2 });
    await tab.leave();
    await witness.sync();
    expect(witness.gistOf("left", "entered")).toEqual(["entered Ann 2"]);
  });
});

describe("a connection", () => {
  it("is closed with 4408 if it does not join within 10 s", async () => {
    const client = await PlainClient.connect(server.socketUrl);
    server.pass(10_100);
    expect(await client.closed).toBe(4408);
  });

  it("is pinged every 25 s, and stays as long as it answers", async () => {
    let pings = 0;
    witness.ws.on("ping", () => {
      pings += 1;
    });
    for (const [round, wait] of [25_100, 15_100, 15_100].entries()) {
      server.pass(wait);
      await witness.sync();
      expect(pings).toBe(round + 1);
      server.pass(10_100);
      await witness.sync();
    }
    expect(witness.gistOf("ping")).toEqual([]);
  });

  it("is also pinged with frames if it speaks parley.v1", async () => {
    const client = await PlainClient.connect(server.socketUrl, { protocol: "parley.v1" });
    await client.join("lobby");
    server.pass(25_100);
    await client.next("ping");
    await witness.sync();
    expect(client.gistOf("ping")).toEqual(["ping"]);
    expect(witness.gistOf("ping")).toEqual([]);
  });

  it("stays without answering pings as long as it says something", async () => {
    const raw = await RawSocket.open(server.port);
    raw.say({ type: "join", payload: { roomId: "lobby", name: "Ann" } });
    await witness.next("entered");
    const pongs = () =>
      raw.frames.filter(({ payload }) => payload.toString().includes('"pong"')).length;
    for (const [round, wait] of [25_100, 15_100, 15_100].entries()) {
      server.pass(wait);
      raw.say({ type: "ping" });
      await raw.until(() => pongs() === round + 1, "an answer");
      await witness.sync();
      server.pass(10_100);
      await witness.sync();
    }
    expect(raw.frames.filter(({ opcode }) => opcode === 9)).toHaveLength(3);
    expect(raw.socket.destroyed).toBe(false);
    expect(await server.metric("parley_members")).toBe(2);
    raw.reset();
  });
});
