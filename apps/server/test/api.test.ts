import { until } from "@parley/testkit";
import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { ServerSentEvents } from "./server-sent-events.ts";
import { TestServer } from "./server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.close());

const room = (path = "", code = "123") => `${server.url}/api/rooms/${code}${path}`;
const post = (body: NonNullable<RequestInit["body"]>, init: RequestInit = {}, path = "/messages") =>
  fetch(room(path), { method: "POST", body, ...init });
describe("HEAD events", () => {
  it("answers with the head of a stream, and joins nothing", async () => {
    const head = await fetch(room("/events?name=Ghost"), { method: "HEAD" });
    expect([head.status, head.headers.get("content-type")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
    ]);
    expect((await answer(fetch(room()))).body).toMatchObject({ count: 0 });
  });
});

describe("POST messages", () => {
  it("[H1] stores a plain text and answers with its entry, which everybody in the room is sent", async () => {
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123");
    const { status, body } = await answer(
      post("hi there\n", { headers: { "content-type": "application/x-www-form-urlencoded" } }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({ type: "chat", payload: { message: "hi there", seq: 1 } });
    expect(await ada.next("chat")).toMatchObject({ message: "hi there", seq: 1 });
  });

  it("takes JSON with any content type, and the name from the query or the body", async () => {
    const named = await answer(post('{"message":"a","name":"ci"}'));
    expect(named.body).toMatchObject({ payload: { message: "a", from: { name: "ci" } } });
    const asked = await answer(fetch(room("/messages?name=ci%202"), { method: "POST", body: "b" }));
    expect(asked.body).toMatchObject({ payload: { message: "b", from: { name: "ci 2" } } });
    const text = await answer(post('{"not":"a message"}'));
    expect(text.body).toMatchObject({ payload: { message: '{"not":"a message"}' } });
  });

  it("takes any number of brackets as text", async () => {
    const message = "{[".repeat(1_000);
    expect(await answer(post(message))).toMatchObject({
      status: 201,
      body: { payload: { message } },
    });
  });

  it("[H1] answers a repeat of an id with the same entry, and says it once", async () => {
    const key = bearer(TOKEN, { "idempotency-key": "job-7" });
    const first = await answer(post("done", key));
    expect(first.status).toBe(201);
    const again = await answer(post("done", key));
    expect(again).toEqual({ status: 200, body: first.body });
    expect(await refusalOf(post("other", key))).toBe("409 id_conflict");
    const { body } = await answer(fetch(room("/messages")));
    expect(body).toMatchObject({ head: 1 });
  });

  it("makes a token for those who bring none, and knows them by it afterwards", async () => {
    const first = await post("one");
    const token = first.headers.get("parley-token") ?? "";
    const { from } = ((await first.json()) as { payload: { from: { id: string } } }).payload;
    const second = await post("two", bearer(token));
    expect(second.headers.get("parley-token")).toBeNull();
    expect(await second.json()).toMatchObject({ payload: { from } });
  });

  it.each([
    ["an empty text", () => post(""), "400 message_empty"],
    ["a text that is too long", () => post("a".repeat(4_001)), "413 message_too_long"],
    ["a body that is too large", () => post("a".repeat(20_000)), "413 body_too_large"],
    ["a body that is no UTF-8", () => post(new Uint8Array([0xff, 0xfe])), "400 not_unicode"],
    ["an upload", () => post(new FormData()), "415 unsupported_body"],
    [
      "what says that it is JSON and is not",
      () => post("{", { headers: { "content-type": "application/json" } }),
      "400 bad_json",
    ],
    [
      "JSON without a message",
      () => post("{}", { headers: { "content-type": "application/json" } }),
      "400 bad_payload",
    ],
    ["a name that cannot be seen", () => post('{"message":"a","name":" "}'), "400 bad_name"],
    [
      "an empty bearer",
      () => post("a", { headers: { authorization: "Bearer " } }),
      "401 bad_token",
    ],
    ["a foreign token", () => post("a", bearer("secret")), "401 bad_token"],
    [
      "an id without a token",
      () => post("a", { headers: { "idempotency-key": "x" } }),
      "422 id_without_token",
    ],
    ["a bad id", () => post("a", bearer(TOKEN, { "idempotency-key": "a b" })), "400 bad_id"],
    [
      "a page of another origin",
      () => post("a", { headers: { origin: "https://evil.example" } }),
      "403 origin_not_allowed",
    ],
    ["a bad room", () => fetch(room("/messages", "a%20b"), { method: "POST" }), "400 bad_room"],
    [
      "another method",
      () => fetch(room("/messages"), { method: "DELETE" }),
      "405 method_not_allowed",
    ],
    ["another route", () => fetch(room("/nothing")), "404 not_found"],
  ])("refuses %s, and stores nothing", async (_what, ask, refused) => {
    expect(await refusalOf(ask())).toBe(refused);
    const { body } = await answer(fetch(room("/messages")));
    expect(body).toMatchObject({ head: 0, entries: [] });
  });

  it("refuses a body that lies about its length, or breaks off, and stores nothing", async () => {
    const { RawSocket } = await import("./raw-socket.ts");
    const raw = await RawSocket.connect(server.port);
    raw.write(
      "POST /api/rooms/123/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nshort",
    );
    raw.reset();
    await raw.closed;
    await expect(answer(fetch(room("/messages")))).resolves.toMatchObject({ body: { head: 0 } });
  });
});

describe("GET messages", () => {
  async function say(...texts: string[]): Promise<void> {
    for (const text of texts) await post(text);
  }

  it("gives pages, forwards and backwards, as JSON or an entry a line", async () => {
    await say("one", "two", "three");
    const last = await answer(fetch(room("/messages?limit=2")));
    expect(last.body).toMatchObject({ head: 3, more: true });
    const texts = async (query: string) => {
      const lines = await fetch(room(`/messages?${query}`), {
        headers: { accept: "application/x-ndjson" },
      });
      expect(lines.headers.get("parley-head")).toBe("3");
      const entries = (await lines.text()).trim().split("\n");
      return entries.map(
        (line) => (JSON.parse(line) as { payload: { message: string } }).payload.message,
      );
    };
    expect(await texts("after=1")).toEqual(["two", "three"]);
    expect(await texts("before=3&limit=1")).toEqual(["two"]);
  });

  it.each(["limit=0", "limit=201", "after=x", "after=1&before=2", "wait=26&after=0", "wait=1"])(
    "refuses ?%s",
    async (query) => {
      expect(await refusalOf(fetch(room(`/messages?${query}`)))).toBe("400 bad_parameter");
    },
  );

  it("waits for what comes next, and answers with nothing once its time is over", async () => {
    await say("one");
    const poll = answer(fetch(room("/messages?after=1&wait=25")));
    await say("two");
    expect((await poll).body).toMatchObject({ entries: [{ payload: { message: "two" } }] });
    let isOver = false;
    const empty = answer(fetch(room("/messages?after=2&wait=25"))).finally(() => {
      isOver = true;
    });
    await until(() => {
      server.pass(1_000);
      expect(isOver).toBe(true);
    });
    expect((await empty).body).toMatchObject({ entries: [], head: 2 });
  });

  it("[H2] tells of a log that is another one than the reader knows", async () => {
    await say("one", "two");
    const { body } = await answer(fetch(room("/messages?after=1&epoch=other")));
    expect(body).toMatchObject({ reset: true, entries: [{ payload: { seq: 1 } }, {}] });
    const beyond = await answer(fetch(room("/messages?after=9")));
    expect(beyond.body).toMatchObject({ reset: true });
  });
});

describe("GET the room", () => {
  it("tells what the room is called and about, as long as that is set", async () => {
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123");
    ada.send("set", { key: "name", value: "Lake trip" });
    await ada.next("set");
    ada.send("set", { key: "topic", value: "Who brings what" });
    await ada.next("set");
    const named = await answer(fetch(room()));
    expect(named.body).toMatchObject({ name: "Lake trip", topic: "Who brings what", count: 1 });
    ada.send("set", { key: "name", value: null });
    await ada.next("set");
    const { body } = await answer(fetch(room()));
    expect(body).not.toHaveProperty("name");
    expect(body).toMatchObject({ head: 3, topic: "Who brings what" });
  });
});

describe("streams", () => {
  it("[H2] tells of the room first, then of what is said, and goes on where it broke off", async () => {
    const first = await ServerSentEvents.open(room("/events?name=eve"));
    expect(await first.next("joined")).toMatchObject({ self: { name: "eve" }, recovered: false });
    for (const text of ["one", "two"]) await post(text);
    expect(await first.next("chat")).toMatchObject({ message: "one" });
    const { lastEventId } = first;
    first.close();
    const frames = Array.from({ length: 60 }, (_, n) => ({
      type: "chat",
      payload: { message: `number ${n}` },
    }));
    for (let times = 0; times < 5; times += 1) {
      expect((await post(JSON.stringify({ frames }), {}, "/frames")).status).toBe(200);
    }
    const second = await ServerSentEvents.open(room("/events"), { "last-event-id": lastEventId });
    expect(await second.next("joined")).toMatchObject({ recovered: true, missed: 301 });
    await until(() => expect(second.entries).toHaveLength(301));
    expect(second.entries).toEqual(Array.from({ length: 301 }, (_, index) => index + 2));
    second.close();
  });

  it.each(["nonsense", "other.1.x", ".."])(
    "[H2] says in its first event that it cannot go on from %s",
    async (lastEventId) => {
      await post("one");
      const reader = await ServerSentEvents.open(room("/events"), { "last-event-id": lastEventId });
      expect(await reader.next("joined")).toMatchObject({ recovered: false, entries: [{}] });
      reader.close();
    },
  );

  it("lists those who read a stream, like anybody else (P1)", async () => {
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123");
    const reader = await ServerSentEvents.open(room("/events?name=eve"));
    expect(await ada.next("entered")).toMatchObject({ member: { name: "eve" }, count: 2 });
    reader.close();
    await until(async () => {
      server.pass(1_000);
      const { body } = await answer(fetch(room()));
      expect(body).toMatchObject({ count: 1 });
    });
  });

  it("takes a join frame for fetch, and says with a status why not", async () => {
    const reader = await ServerSentEvents.open(
      room("/stream"),
      {},
      '{"type":"join","payload":{"name":"f"}}',
    );
    expect(await reader.next("joined")).toMatchObject({ roomId: "123", self: { name: "f" } });
    reader.close();
    const wrong = '{"type":"join","payload":{"since":1}}';
    expect(await refusalOf(post(wrong, {}, "/stream"))).toBe("400 bad_payload");
    expect(await refusalOf(post("[]", {}, "/stream"))).toBe("400 bad_frame");
  });

  it("ends with the code that a socket would be closed with when the server goes down", async () => {
    const reader = await ServerSentEvents.open(room("/events"));
    await reader.next("joined");
    await server.close();
    await until(() => expect(reader.text).toContain("event: close\ndata: 1012"));
  });

  it("says now and then that it lives", async () => {
    const reader = await ServerSentEvents.open(room("/events"));
    await reader.next("joined");
    server.pass(16_000);
    await until(() => expect(reader.text).toMatch(/\n:\n\n$/));
    reader.close();
  });
});

describe("POST frames", () => {
  it("handles frames in their order, and answers each", async () => {
    const frames = [
      { type: "chat", payload: { message: "one", id: "a", ref: "r" } },
      { type: "react", payload: { target: "a", emoji: "👍", on: true } },
      { type: "edit", payload: { target: "none", message: "x" } },
      { type: "history", payload: { limit: 1 } },
      { type: "typing", payload: { on: true } },
      { type: "join", payload: { roomId: "other" } },
      { nonsense: true },
    ];
    const { body } = await answer(post(JSON.stringify({ frames }), bearer(TOKEN), "/frames"));
    expect(body).toMatchObject({
      frames: [
        { type: "chat", payload: { seq: 1, ref: "r" } },
        { type: "reacted", payload: { seq: 2 } },
        { type: "error", payload: { code: "unknown_target" } },
        { type: "history", payload: { head: 2 } },
        { type: "error", payload: { code: "bad_frame" } },
        { type: "error", payload: { code: "bad_frame" } },
      ],
    });
  });

  it("answers a frame that nests too deeply, and handles those beside it", async () => {
    const deep = `{"type":"chat","payload":{"x":${"[".repeat(250)}${"]".repeat(250)}}}`;
    const { status, body } = await answer(
      post(`{"frames":[${deep},{"type":"ping"}]}`, bearer(TOKEN), "/frames"),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      frames: [{ type: "error", payload: { code: "too_deep" } }, { type: "pong" }],
    });
  });

  it("refuses what is no list of frames, and too many", async () => {
    expect(await refusalOf(post("{}", {}, "/frames"))).toBe("400 bad_frame");
    const many = JSON.stringify({ frames: Array.from({ length: 65 }, () => ({})) });
    expect(await refusalOf(post(many, {}, "/frames"))).toBe("400 bad_frame");
  });
});
