import { afterEach, beforeEach, expect, it } from "vitest";
import { PIPELINED_REQUESTS_MAX } from "../src/limits/limits.ts";
import { RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

let server: TestServer;
let raw: RawSocket;
beforeEach(async () => {
  server = await TestServer.start();
  raw = await RawSocket.connect(server.port);
});
afterEach(async () => {
  raw.reset();
  await server.close();
});

/** Asks for what comes next, which waits until somebody says something. */
const POLL = "GET /api/rooms/1/messages?after=0&wait=25 HTTP/1.1\r\nHost: x\r\n\r\n";

const answers = () => raw.received.toString().split("HTTP/1.1 200 ").length - 1;

it("[limits] answers 16 requests that wait on one connection", async () => {
  raw.write(POLL.repeat(PIPELINED_REQUESTS_MAX));
  await fetch(`${server.url}/api/rooms/1/messages`, { method: "POST", body: "hi" });
  await raw.until(() => answers() === PIPELINED_REQUESTS_MAX, "an answer to each request");
  raw.write(POLL);
  await raw.until(() => answers() > PIPELINED_REQUESTS_MAX, "an answer to the next one");
  expect(answers()).toBe(PIPELINED_REQUESTS_MAX + 1);
});

it("[limits] cuts a connection on which one more waits", async () => {
  raw.write(POLL.repeat(PIPELINED_REQUESTS_MAX + 1));
  await raw.closed;
  expect(await server.metric('parley_refusals_total{code="too_many_requests"}')).toBe(1);
});
