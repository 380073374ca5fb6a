import { until } from "@parley/testkit";
import { afterEach, describe, expect, it } from "vitest";
import { handshake, rawFrame, RawSocket } from "./raw-socket.ts";
import { PlainClient } from "@parley/testkit/plain-client";
import { TestServer } from "./server.ts";

let server: TestServer;
afterEach(() => server.close());

/** The status that an upgrade is answered with; the socket is closed after. */
async function statusOf(headers: Record<string, string> = {}, path?: string): Promise<number> {
  const raw = await RawSocket.connect(server.port);
  raw.write(handshake(server.port, headers, path));
  const status = Number(/^HTTP\/1.1 (\d+)/.exec(await raw.head())?.[1]);
  if (status === 101) raw.reset();
  await raw.closed;
  return status;
}

describe("an upgrade", () => {
  it.each(["/chat", "/ws/", "/r/123", "/healthz", "//ws", "/%77s"])(
    "is answered with 404 at %s",
    async (path) => {
      server = await TestServer.start();
      expect(await statusOf({}, path)).toBe(404);
    },
  );

  it("is refused with 400 without a Host", async () => {
    server = await TestServer.start();
    const raw = await RawSocket.connect(server.port);
    raw.write(handshake(server.port).replace(/Host: .*\r\n/, ""));
    expect(await raw.head()).toMatch(/^HTTP\/1.1 400 /);
    await raw.closed;
  });

  it("is refused with 403 to pages of other origins, and counted", async () => {
    server = await TestServer.start({ env: { ALLOWED_ORIGINS: "https://front.example" } });
    expect(await statusOf({ Origin: "https://evil.example" })).toBe(403);
    expect(await statusOf({ Origin: "null" })).toBe(403);
    expect(await statusOf({ Origin: "https://front.example" })).toBe(101);
    expect(await statusOf({ Origin: server.url })).toBe(101);
    expect(await statusOf()).toBe(101);
    expect(await server.metric('parley_refusals_total{code="origin"}')).toBe(2);
  });

  it("is refused with 429 if its address has too many connections, until one goes", async () => {
    server = await TestServer.start({ env: { CONNECTIONS_PER_ADDRESS: "2" } });
    const first = await PlainClient.connect(server.socketUrl);
    await PlainClient.connect(server.socketUrl);
    expect(await statusOf()).toBe(429);
    expect(await server.metric('parley_refusals_total{code="too_many_connections"}')).toBe(1);
    first.ws.terminate();
    await until(async () => expect(await statusOf()).toBe(101));
  });

  it("counts the address that a trusted proxy names", async () => {
    const env = { CONNECTIONS_PER_ADDRESS: "1", TRUST_PROXY: "X-Forwarded-For" };
    server = await TestServer.start({ env });
    const from = (address: string) => ({ headers: { "X-Forwarded-For": address } });
    await PlainClient.connect(server.socketUrl, from("198.51.100.7, 203.0.113.1"));
    await PlainClient.connect(server.socketUrl, from("198.51.100.7, 203.0.113.2"));
    expect(await statusOf({ "X-Forwarded-For": "198.51.100.8, 203.0.113.1" })).toBe(429);
  });

  it.each([
    ["no key", { "Sec-WebSocket-Key": "" }],
    ["a short key", { "Sec-WebSocket-Key": "c2hvcnQ=" }],
    ["another version", { "Sec-WebSocket-Version": "12" }],
    ["a bad subprotocol", { "Sec-WebSocket-Protocol": "a,,b" }],
  ])("is refused with 400 for %s, and not counted as a connection", async (_what, headers) => {
    server = await TestServer.start({ env: { CONNECTIONS_PER_ADDRESS: "1" } });
    expect(await statusOf(headers)).toBe(400);
    await until(async () => expect(await statusOf()).toBe(101));
  });

  it("may offer compression, and gets none", async () => {
    server = await TestServer.start();
    const raw = await RawSocket.connect(server.port);
    raw.write(handshake(server.port, { "Sec-WebSocket-Extensions": "permessage-deflate" }));
    const head = await raw.head();
    expect(head).toMatch(/^HTTP\/1.1 101/);
    expect(head).not.toMatch(/Sec-WebSocket-Extensions/i);
    raw.reset();
  });

  it("may bring its first frames along", async () => {
    server = await TestServer.start();
    const raw = await RawSocket.open(
      server.port,
      rawFrame({ opcode: 1, payload: '{"type":"join","payload":{"roomId":"123"}}' }),
      rawFrame({ opcode: 1, payload: '{"type":"chat","payload":{"message":"hi"}}' }),
    );
    await raw.until(() => raw.frames.length === 2, "two answers");
    expect(raw.frames[1]?.payload.toString()).toContain('"type":"chat"');
    raw.reset();
  });
});

describe("a request that offers another protocol", () => {
  it("is answered like every other request", async () => {
    server = await TestServer.start();
    const raw = await RawSocket.connect(server.port);
    const headers = { Upgrade: "h2c", Connection: "Upgrade, HTTP2-Settings", "HTTP2-Settings": "" };
    raw.write(handshake(server.port, headers, "/healthz"));
    expect(await raw.head()).toMatch(/^HTTP\/1.1 200/);
    raw.reset();
  });
});
