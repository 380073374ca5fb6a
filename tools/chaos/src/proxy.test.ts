import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { PATIENCE_MS } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pause, until } from "./patience.ts";
import { FaultProxy } from "./proxy.ts";

/** Long enough for something to come through that should not, in ms. */
const QUIET_MS = 50;

/** What one end of a connection heard, and how it ended. */
interface End {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly ended: () => string | undefined;
}

let target: Server;
let proxy: FaultProxy;
/** The ends of the connections that reached the target. */
let arrived: End[];

beforeEach(async () => {
  arrived = [];
  target = createServer((socket) => arrived.push(listen(socket))).listen(0, "127.0.0.1");
  await once(target, "listening");
  proxy = await FaultProxy.start((target.address() as AddressInfo).port);
});

afterEach(async () => {
  await proxy.close();
  target.close();
});

function listen(socket: Socket): End {
  let heard = "";
  let ended: string | undefined;
  socket.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    ended = error.code;
  });
  socket.on("close", () => {
    ended ??= "closed";
  });
  return { socket, heard: () => heard, ended: () => ended };
}

/** A connection through the proxy: the client's end and the server's. */
async function line(): Promise<{ client: End; server: End }> {
  const client = listen(connect(Number(new URL(proxy.url).port), "127.0.0.1"));
  expect(await until(() => arrived.length > 0, PATIENCE_MS)).toBe(true);
  const [server] = arrived;
  if (!server) throw new Error("nobody arrived");
  return { client, server };
}

describe("a fault proxy", () => {
  it("passes everything on, both ways", async () => {
    const { client, server } = await line();
    client.socket.write("to the server");
    server.socket.write("to the client");
    expect(await until(() => server.heard() === "to the server", PATIENCE_MS)).toBe(true);
    expect(await until(() => client.heard() === "to the client", PATIENCE_MS)).toBe(true);
    expect(proxy.connections).toBe(1);
  });

  it("cuts with a reset", async () => {
    const { client, server } = await line();
    proxy.cut();
    expect(await until(() => client.ended() === "ECONNRESET", PATIENCE_MS)).toBe(true);
    expect(await until(() => server.ended() === "ECONNRESET", PATIENCE_MS)).toBe(true);
    expect(proxy.connections).toBe(0);
  });

  it("stalls, then passes everything on in order", async () => {
    const { client, server } = await line();
    const { promise: over, resolve: goOn } = Promise.withResolvers<void>();
    const stalled = proxy.stall(over);
    client.socket.write("one,");
    await pause(QUIET_MS);
    client.socket.write("two,");
    expect(server.heard()).toBe("");
    goOn();
    await stalled;
    client.socket.write("three");
    expect(await until(() => server.heard() === "one,two,three", PATIENCE_MS)).toBe(true);
  });

  it("loses what the server says from a moment on, and then cuts", async () => {
    const { client, server } = await line();
    server.socket.write("before");
    expect(await until(() => client.heard() === "before", PATIENCE_MS)).toBe(true);
    const { promise: over, resolve: cut } = Promise.withResolvers<void>();
    const deafened = proxy.deafen(over);
    client.socket.write("still heard");
    server.socket.write("never heard");
    expect(await until(() => server.heard() === "still heard", PATIENCE_MS)).toBe(true);
    cut();
    await deafened;
    expect(await until(() => client.ended() === "ECONNRESET", PATIENCE_MS)).toBe(true);
    expect(client.heard()).toBe("before");
  });

  it("passes on later, in order, also when it becomes quick again", async () => {
    const { client, server } = await line();
    proxy.delay(QUIET_MS);
    const from = performance.now();
    client.socket.write("one,");
    await pause(QUIET_MS / 2);
    proxy.delay(0);
    client.socket.write("two");
    expect(await until(() => server.heard() === "one,two", PATIENCE_MS)).toBe(true);
    // A timer may end a little early.
    expect(performance.now() - from).toBeGreaterThan(QUIET_MS * 0.9);
  });

  it("refuses while it is unplugged", async () => {
    const { client } = await line();
    const plugIn = proxy.unplug();
    expect(await until(() => client.ended() === "ECONNRESET", PATIENCE_MS)).toBe(true);
    const late = listen(connect(Number(new URL(proxy.url).port), "127.0.0.1"));
    expect(await until(() => late.ended() !== undefined, PATIENCE_MS)).toBe(true);
    expect(arrived).toHaveLength(1);
    plugIn();
    const back = listen(connect(Number(new URL(proxy.url).port), "127.0.0.1"));
    back.socket.write("back");
    expect(await until(() => arrived[1]?.heard() === "back", PATIENCE_MS)).toBe(true);
  });
});
