import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TcpProxy } from "./tcp-proxy.ts";
import { holds, pause } from "./waiting.ts";

/** Long enough for something to arrive that should not, in ms. */
const QUIET_MS = 50;

/** One end of a connection: what it received, and how it ended. */
interface End {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly ended: () => string | undefined;
}

let target: Server;
let proxy: TcpProxy;
/** The ends of the connections that reached the target. */
let arrived: End[];

beforeEach(async () => {
  arrived = [];
  target = createServer((socket) => arrived.push(listen(socket))).listen(0, "127.0.0.1");
  await once(target, "listening");
  proxy = await TcpProxy.start((target.address() as AddressInfo).port);
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
  const client = listen(connect(proxy.port, "127.0.0.1"));
  expect(await holds(() => arrived.length > 0)).toBe(true);
  const [server] = arrived;
  if (!server) throw new Error("nobody arrived");
  return { client, server };
}

describe("a TCP proxy", () => {
  it("passes everything on, both ways", async () => {
    const { client, server } = await line();
    client.socket.write("to the server");
    server.socket.write("to the client");
    expect(await holds(() => server.heard() === "to the server")).toBe(true);
    expect(await holds(() => client.heard() === "to the client")).toBe(true);
    expect(proxy.connections).toBe(1);
  });

  it("resets what is connected", async () => {
    const { client, server } = await line();
    proxy.reset();
    expect(await holds(() => client.ended() === "ECONNRESET")).toBe(true);
    expect(await holds(() => server.ended() === "ECONNRESET")).toBe(true);
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
    expect(await holds(() => server.heard() === "one,two,three")).toBe(true);
  });

  it("loses what the server sends from a moment on, and then cuts", async () => {
    const { client, server } = await line();
    server.socket.write("before");
    expect(await holds(() => client.heard() === "before")).toBe(true);
    const { promise: over, resolve: cut } = Promise.withResolvers<void>();
    const deafened = proxy.deafen(over);
    client.socket.write("still heard");
    server.socket.write("never heard");
    expect(await holds(() => server.heard() === "still heard")).toBe(true);
    cut();
    await deafened;
    expect(await holds(() => client.ended() === "ECONNRESET")).toBe(true);
    expect(client.heard()).toBe("before");
  });

  it("delays, in order, also when it becomes fast again", async () => {
    const { client, server } = await line();
    proxy.delay(QUIET_MS);
    const from = performance.now();
    client.socket.write("one,");
    await pause(QUIET_MS / 2);
    proxy.delay(0);
    client.socket.write("two");
    expect(await holds(() => server.heard() === "one,two")).toBe(true);
    // A timer may end a little early.
    expect(performance.now() - from).toBeGreaterThan(QUIET_MS * 0.9);
  });

  it("refuses while it is cut", async () => {
    const { client } = await line();
    proxy.cut();
    expect(await holds(() => client.ended() === "ECONNRESET")).toBe(true);
    const late = listen(connect(proxy.port, "127.0.0.1"));
    expect(await holds(() => late.ended() !== undefined)).toBe(true);
    expect(arrived).toHaveLength(1);
    proxy.mend();
    const back = listen(connect(proxy.port, "127.0.0.1"));
    back.socket.write("back");
    expect(await holds(() => arrived[1]?.heard() === "back")).toBe(true);
  });

  it("spares pages if only chat traffic has the faults, over one connection, too", async () => {
    await proxy.close();
    proxy = await TcpProxy.start((target.address() as AddressInfo).port, "talk");
    const page = listen(connect(proxy.port, "127.0.0.1"));
    const paths = ["/", "/api/rooms/1/stream", "/r/1"];
    let asked = "";
    const ask = async (path: string) => {
      asked += `GET ${path} HTTP/1.1\r\n\r\n`;
      page.socket.write(`GET ${path} HTTP/1.1\r\n\r\n`);
      expect(await holds(() => arrived[0]?.heard() === asked)).toBe(true);
    };
    for (const path of paths) await ask(path);
    proxy.cut();
    await ask("/");
    page.socket.write("POST /api/rooms/1/frames HTTP/1.1\r\n\r\n");
    expect(await holds(() => page.ended() === "ECONNRESET")).toBe(true);
    for (const first of [
      "GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
      "GET /api/rooms/1/stream HTTP/1.1\r\n\r\n",
      "GET /about.json HTTP/1.1\r\n\r\n",
    ]) {
      const talk = listen(connect(proxy.port, "127.0.0.1"));
      talk.socket.write(first);
      expect(await holds(() => talk.ended() === "ECONNRESET")).toBe(true);
    }
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.heard()).toBe(asked);
  });

  it("breaks off an answer of chat traffic", async () => {
    await proxy.close();
    proxy = await TcpProxy.start((target.address() as AddressInfo).port, "talk");
    const page = listen(connect(proxy.port, "127.0.0.1"));
    page.socket.write("GET / HTTP/1.1\r\n\r\n");
    expect(await holds(() => arrived.length === 1)).toBe(true);
    page.socket.write("POST /api/rooms/1/stream HTTP/1.1\r\n\r\n");
    expect(await holds(() => arrived[0]?.heard().includes("/stream") ?? false)).toBe(true);
    proxy.cut();
    expect(await holds(() => page.ended() === "ECONNRESET")).toBe(true);
  });
});
