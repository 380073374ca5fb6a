import { once } from "node:events";
import type { Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { until } from "@parley/testkit";
import { afterEach, expect, it } from "vitest";
import { aboutServer } from "./about.ts";
import { createHttpServer, type HttpDeps } from "./server.ts";

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Starts one; gives its port. */
async function listen(deps: Partial<HttpDeps>): Promise<number> {
  server = createHttpServer({
    webDirectory: "/nowhere",
    allowedOrigins: [],
    about: aboutServer({ ageMs: Infinity, entries: Infinity }, undefined),
    api: { answer: () => {} },
    waitOf: () => 0,
    onRefused: () => {},
    notReady: () => undefined,
    metrics: () => Promise.reject(new Error("There are none.")),
    onFailure: () => {},
    ...deps,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Sends a part of a request; gives the socket, and what it is answered with. */
async function begin(port: number, start: string) {
  const socket: Socket = connect(port, "127.0.0.1");
  const asked = { socket, received: "" };
  socket.setEncoding("utf8").on("data", (part: string) => (asked.received += part));
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(start);
  return asked;
}

it("answers 500 if the metrics cannot be read, tells of it, and goes on", async () => {
  const failures: unknown[] = [];
  const broken = new Error("a collector is broken");
  const port = await listen({
    metrics: () => Promise.reject(broken),
    onFailure: (error) => failures.push(error),
  });
  const url = `http://127.0.0.1:${port}`;
  expect((await fetch(`${url}/metrics`)).status).toBe(500);
  expect(failures).toEqual([broken]);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it("gives a body more time than headers, and says so if either takes too long", async () => {
  let begun = 0;
  const port = await listen({
    api: {
      answer(request, response) {
        begun += 1;
        const took = (body: string) => response.end(`took ${body}`);
        text(request).then(took, () => {});
      },
    },
  });
  expect(server.headersTimeout).toBeLessThanOrEqual(5_000);
  expect(server.requestTimeout).toBeGreaterThanOrEqual(60_000);
  const slow = await begin(port, "POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nsl");
  await until(() => expect(begun).toBe(1));
  // By now, every request under way has exceeded the time for its headers.
  server.headersTimeout = 1;
  const late = await begin(port, "POST /api HTTP/1.1\r\nHost: x\r\n");
  await until(() => expect(late.received).toContain('"request_timeout"'));
  expect(late.received).toMatch(/^HTTP\/1.1 408 /);
  server.headersTimeout = 5_000;
  slow.socket.write("ow");
  await until(() => expect(slow.received).toContain("took slow"));
  const endless = await begin(
    port,
    "POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nmore",
  );
  await until(() => expect(begun).toBe(2));
  [server.headersTimeout, server.requestTimeout] = [1, 1];
  await until(() => expect(endless.received).toContain('"request_timeout"'));
});

it.each([
  [
    "a length that is none",
    "POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    "400",
    "bad_request",
  ],
  [
    "two lengths",
    "POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    "400",
    "bad_request",
  ],
  [
    "headers that are too large",
    `GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
    "431",
    "headers_too_large",
  ],
  ["no HTTP", "hello\r\n\r\n", "400", "bad_request"],
  ["no host", "GET /api HTTP/1.1\r\n\r\n", "400", "bad_request"],
  [
    "an unknown expectation",
    "POST /api HTTP/1.1\r\nHost: x\r\nExpect: x\r\nContent-Length: 2\r\n\r\n",
    "417",
    "bad_expectation",
  ],
])("says with a code why it refuses %s", async (_what, request, status, code) => {
  const port = await listen({});
  const asked = await begin(port, request);
  await until(() => expect(asked.received).toContain(`"code":"${code}"`));
  expect(asked.received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

it("cuts, and writes nothing into, an answer that is under way", async () => {
  const port = await listen({
    api: { answer: (_request, response) => void response.write("part") },
  });
  const asked = await begin(port, "GET /api HTTP/1.1\r\nHost: x\r\n\r\n");
  await until(() => expect(asked.received).toContain("part"));
  const closed = once(asked.socket, "close");
  asked.socket.write("nonsense\r\n\r\n");
  await closed;
  expect(asked.received).not.toContain("bad_request");
});
