import { setTimeout as delay } from "node:timers/promises";
import { until } from "@parley/testkit";
import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { ServerSentEvents } from "./server-sent-events.ts";
import { RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

const ERROR_LEVEL = 50;
/** As deep as a body may be long. */
const DEEP = "[".repeat(8_100) + "]".repeat(8_100);

let server: TestServer;
let bob: PlainClient;
let reader: ServerSentEvents;
/** What the server logged as its own fault. */
let faults: string[];

/** Two others are in the room, over a socket and over a stream. */
beforeEach(async () => {
  faults = [];
  const write = (line: string) => {
    if ((JSON.parse(line) as { level: number }).level >= ERROR_LEVEL) faults.push(line);
  };
  server = await TestServer.start({ logs: { write } });
  bob = await PlainClient.join(server.socketUrl, "123", "Bob");
  reader = await ServerSentEvents.open(room("/events?name=eve"));
  await reader.next("joined");
  await bob.next("entered");
});
afterEach(async () => {
  reader.close();
  bob.ws.terminate();
  await server.close();
});

const room = (path = "") => `${server.url}/api/rooms/123${path}`;
const post = (headers: Record<string, string>, body = "bad") =>
  fetch(room("/messages"), { method: "POST", body, headers });

/** The others saw nothing of it, and are told what comes next; the server blames nothing on itself. */
async function expectNothingChanged(): Promise<void> {
  bob.say("next");
  expect(await bob.next("chat")).toMatchObject({ message: "next", seq: 1 });
  expect(await reader.next("chat")).toMatchObject({ message: "next", seq: 1 });
  const types = new Set([...bob.frames, ...reader.frames].map(({ type }) => type));
  expect([...types].toSorted()).toEqual(["chat", "entered", "joined"]);
  const { body } = await answer(fetch(room()));
  expect(body).toMatchObject({ head: 1, count: 2 });
  expect(faults).toEqual([]);
}

/** The head of a post, as it goes over the wire. */
const head = (...headers: string[]) =>
  ["POST /api/rooms/123/messages HTTP/1.1", "Host: x", ...headers, "", ""].join("\r\n");

describe("a request that is refused says why, and changes nothing for the others", () => {
  it.each<[string, () => Promise<Response>, string]>([
    ["an empty bearer", () => post({ authorization: "Bearer " }), "401 bad_token"],
    ["a bearer without a token", () => post({ authorization: "Bearer" }), "401 bad_token"],
    ["another scheme", () => post({ authorization: "Basic YTpi" }), "401 bad_token"],
    ["an id without a token", () => post({ "idempotency-key": "x" }), "422 id_without_token"],
    [
      "an id without a token, in the body",
      () => post({}, '{"message":"bad","id":"x"}'),
      "422 id_without_token",
    ],
    ["an empty id", () => post({ ...bearer(TOKEN).headers, "idempotency-key": "" }), "400 bad_id"],
    ["a foreign origin", () => post({ origin: "https://evil.example" }), "403 origin_not_allowed"],
    ["an origin that is none", () => post({ origin: "null" }), "403 origin_not_allowed"],
    [
      "a stream for a foreign origin",
      () => fetch(room("/events"), { headers: { origin: "https://evil.example" } }),
      "403 origin_not_allowed",
    ],
    [
      "a stream with an empty bearer",
      () => fetch(room("/events"), { headers: { authorization: "Bearer " } }),
      "401 bad_token",
    ],
    ["JSON that nests too deeply", () => post({}, `{"message":"bad","x":${DEEP}}`), "400 too_deep"],
    [
      "frames that nest too deeply",
      () => fetch(room("/frames"), { method: "POST", body: `{"frames":[${DEEP}]}` }),
      "400 too_deep",
    ],
    [
      "a join that nests too deeply",
      () =>
        fetch(room("/stream"), { method: "POST", body: `{"type":"join","payload":{"x":${DEEP}}}` }),
      "400 too_deep",
    ],
    ["a body that is too large", () => post({}, "x".repeat(16_385)), "413 body_too_large"],
  ])("%s", async (_what, ask, refused) => {
    expect(await refusalOf(ask())).toBe(refused);
    await expectNothingChanged();
  });

  it("a body that never ends", async () => {
    const raw = await RawSocket.connect(server.port);
    raw.write(head("Transfer-Encoding: chunked"));
    for (let piece = 0; piece < 20; piece += 1) raw.write(`400\r\n${"x".repeat(1_024)}\r\n`);
    await until(() => expect(raw.received.toString()).toContain('"body_too_large"'));
    await expectNothingChanged();
    raw.reset();
    await raw.closed;
  });

  it.each([
    ["a body that breaks off", head("Content-Length: 50")],
    ["a body that breaks off in a chunk", `${head("Transfer-Encoding: chunked")}32\r\n`],
  ])("%s", async (_what, start) => {
    const raw = await RawSocket.connect(server.port);
    raw.write(`${start}bad`);
    // It is under way: what comes after it on another connection is answered.
    await fetch(room());
    raw.socket.destroy();
    await raw.closed;
    await expectNothingChanged();
  });

  it("one whose body still comes, and takes the next one on the connection", async () => {
    const raw = await RawSocket.connect(server.port);
    const size = 640 * 1_024;
    const refused = ["PUT /api/rooms/123/upload/x HTTP/1.1", "Host: x", `Content-Length: ${size}`];
    raw.write([...refused, "Authorization: bad", "", ""].join("\r\n"));
    for (let sent = 0; sent < size; sent += size / 10) {
      raw.write("x".repeat(size / 10));
      // In all, longer than Node keeps an idle connection.
      await delay(700);
    }
    raw.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    await raw.until(() => raw.received.includes("\r\nok\n"), "the next answer");
    expect(raw.received.toString()).toContain('"bad_token"');
    await expectNothingChanged();
    raw.socket.destroy();
    await raw.closed;
  });

  it.each([
    ["no host", "GET /api/rooms/123 HTTP/1.0\r\n\r\n", 200, '"head":0'],
    ["a bad host", "GET /api/rooms/123 HTTP/1.1\r\nHost: a b\r\n\r\n", 400, '"bad_request"'],
    ["a whole address", "GET http://x/healthz HTTP/1.1\r\nHost: x\r\n\r\n", 200, "ok"],
  ])("one with %s, or answers it", async (_what, request, status, text) => {
    const raw = await RawSocket.connect(server.port);
    raw.write(request);
    await raw.until(() => raw.received.includes(text), "the answer");
    expect(raw.received.toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    raw.socket.destroy();
    await raw.closed;
    await expectNothingChanged();
  });

  it.each([
    ["a length that is none", head("Content-Length: -3"), "bad"],
    ["two lengths", head("Content-Length: 3", "Content-Length: 4"), "bad"],
    ["a length beside chunks", head("Content-Length: 3", "Transfer-Encoding: chunked"), "bad"],
    ["a chunk whose length is none", head("Transfer-Encoding: chunked"), "zz\r\nbad"],
  ])("%s", async (_what, start, body) => {
    const raw = await RawSocket.connect(server.port);
    raw.write(start + body);
    await raw.until(() => raw.received.includes('"bad_request"'), "a refusal");
    expect(raw.received.toString()).toMatch(/^HTTP\/1.1 400 /);
    await raw.closed;
    await expectNothingChanged();
  });

  it.each([
    ["no place", "nonsense"],
    ["a place in another log", "other.1.x"],
    ["nothing", ""],
    ["4,000 characters", "x".repeat(4_000)],
  ])(
    "[H2] a stream that goes on from %s says so in its first event",
    async (_what, lastEventId) => {
      const other = await ServerSentEvents.open(`${room("/events")}?name=Bob`, {
        ...bearer(TOKEN).headers,
        "last-event-id": lastEventId,
      });
      expect(await other.next("joined")).toMatchObject({ recovered: false, entries: [] });
      other.close();
      await bob.next("entered");
      bob.say("next");
      expect(await reader.next("chat")).toMatchObject({ message: "next", seq: 1 });
      expect(faults).toEqual([]);
    },
  );
});
