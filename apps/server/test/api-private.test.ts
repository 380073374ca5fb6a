import type { DownFrame, DownPayload, Since } from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { TestServer } from "./server.ts";

const BEN_TOKEN = "BBBBBBBBBBBBBBBBBBBBBB";

let server: TestServer;
let ben: PlainClient;
let cem: PlainClient;
let benId: string;
beforeEach(async () => {
  server = await TestServer.start();
  ben = await PlainClient.connect(server.socketUrl);
  const { self } = await ben.join("123", { name: "Ben", token: BEN_TOKEN });
  benId = self.id;
  cem = await PlainClient.join(server.socketUrl, "123", "Cem");
});
afterEach(() => server.close());

const messages = (member: string, query = "") =>
  `${server.url}/api/rooms/123/with/${member}/messages${query}`;
const post = (body: string, member = benId, init: RequestInit = bearer(TOKEN), query = "") =>
  fetch(messages(member, query), { method: "POST", body, ...init });

describe("private messages over HTTP", () => {
  it("[H1] [W1] [W2] [W4] reach the other one only, and are answered once they are stored", async () => {
    const key = bearer(TOKEN, { "idempotency-key": "job-7" });
    const first = await answer(post("psst", benId, key, "?name=Ada"));
    expect(first).toMatchObject({
      status: 201,
      body: { type: "chat", payload: { message: "psst", seq: 1, from: { name: "Ada" } } },
    });
    expect(await answer(post("psst", benId, key))).toEqual({ status: 200, body: first.body });
    expect(await refusalOf(post("other", benId, key))).toBe("409 id_conflict");
    expect(await ben.next("private")).toMatchObject({
      with: { name: "Ada" },
      frame: { type: "chat", payload: { message: "psst" } },
    });
    await cem.sync();
    expect(JSON.stringify(cem.frames)).not.toContain("psst");
    const { body } = await answer(fetch(`${server.url}/api/rooms/123/messages`));
    expect(body).toMatchObject({ head: 0, entries: [] });
  });

  it("[W1] are read by both, a page at a time, and by nobody else", async () => {
    await post("one");
    await post("two");
    const mine = await answer(fetch(messages(benId, "?after=1"), bearer(TOKEN)));
    expect(mine.body).toMatchObject({ head: 2, entries: [{ payload: { message: "two" } }] });
    const other = await answer(fetch(messages(benId), bearer("CCCCCCCCCCCCCCCCCCCCCC")));
    expect(other.body).toMatchObject({ head: 0, entries: [] });
  });

  it("are refused without a token, and with nobody that the room knows", async () => {
    expect(await refusalOf(post("psst", benId, {}))).toBe("401 token_needed");
    expect(await refusalOf(fetch(messages(benId)))).toBe("401 token_needed");
    expect(await refusalOf(post("psst", "nobody-here"))).toBe("404 unknown_member");
    expect(await refusalOf(post("psst", benId, bearer(BEN_TOKEN)))).toBe("404 unknown_member");
    expect(await refusalOf(post("psst", "a%20b"))).toBe("404 unknown_member");
  });

  it("reach somebody who has gone, by an entry of theirs", async () => {
    ben.send("chat", { message: "bye", id: "of-ben" });
    await ben.next("chat");
    await ben.leave();
    await cem.next("left");
    expect(await refusalOf(post("psst"))).toBe("404 unknown_member");
    expect(await refusalOf(post("psst", benId, bearer(TOKEN), "?via=no-entry"))).toBe(
      "404 unknown_member",
    );
    expect((await post("psst", benId, bearer(TOKEN), "?via=of-ben")).status).toBe(201);
    expect((await post("and more")).status).toBe(201);
  });

  it("wait for what comes, as in a room", async () => {
    await post("one");
    const waiting = answer(fetch(messages(benId, "?after=1&wait=20"), bearer(TOKEN)));
    await post("two");
    expect((await waiting).body).toMatchObject({ entries: [{ payload: { message: "two" } }] });
  });
});

describe("private frames over HTTP", () => {
  const frames = async (inner: object, token = TOKEN, more: object = {}) => {
    const body = JSON.stringify({
      frames: [{ type: "private", payload: { with: benId, frame: inner, ...more } }],
    });
    const url = `${server.url}/api/rooms/123/frames?name=Ada`;
    const response = await fetch(url, { method: "POST", body, ...bearer(token) });
    const { frames } = (await response.json()) as { frames: DownFrame[] };
    return frames.map((frame) => frame.payload as DownPayload<"private">);
  };
  const chat = (message: string, id: string) => ({ type: "chat", payload: { message, id } });

  it("[H3] [W1] [W2] do what they do over a socket, and are answered in their envelope", async () => {
    expect(await frames(chat("psst", "m1"))).toMatchObject([
      { with: { id: benId, name: "Ben" }, frame: { type: "chat", payload: { seq: 1 } } },
    ]);
    const edit = { type: "edit", payload: { target: "m1", message: "pst", id: "m2" } };
    expect(await frames(edit)).toMatchObject([{ frame: { type: "edited", payload: { seq: 2 } } }]);
    expect(await frames({ type: "history", payload: { ref: "page" } })).toMatchObject([
      { frame: { type: "history", payload: { head: 2, ref: "page" } } },
    ]);
    expect(await frames({ type: "typing", payload: { on: true } })).toEqual([]);
    expect(await frames({ type: "leave", payload: {} })).toEqual([]);
    for (const type of ["chat", "edited", "typing"]) {
      expect(await ben.next("private")).toMatchObject({ with: { name: "Ada" }, frame: { type } });
    }
    await cem.sync();
    expect(JSON.stringify(cem.frames)).not.toContain("psst");
  });

  it("[W3] are refused in their envelope", async () => {
    const codes = async (...asked: Parameters<typeof frames>) =>
      (await frames(...asked)).map(({ frame }) => frame as DownFrame & { type: "error" });
    expect(await codes(chat("psst", "m1"), TOKEN, { with: "nobody" })).toMatchObject([
      { type: "error", payload: { code: "unknown_member", ref: "m1" } },
    ]);
    expect(await codes(chat("psst", "m1"), BEN_TOKEN)).toMatchObject([
      { type: "error", payload: { code: "unknown_member", ref: "m1" } },
    ]);
    expect(await codes({ type: "join", payload: {} }, TOKEN, { ref: "r" })).toMatchObject([
      { type: "error", payload: { code: "bad_frame", ref: "r" } },
    ]);
    expect(ben.frames.filter(({ type }) => type === "private")).toEqual([]);
  });

  const stream = async (query: string, more: object) => {
    const body = JSON.stringify({ type: "join", payload: { name: "Ada" }, ...more });
    const url = `${server.url}/api/rooms/123/stream${query}`;
    return fetch(url, { method: "POST", body, ...bearer(TOKEN) });
  };
  const opening = (payload: object = {}) => ({
    frames: [{ type: "private", payload: { with: benId, frame: { type: "join", payload } } }],
  });

  it("[H3] [W1] open conversations with a poll, which waits for what is new in them", async () => {
    await post("one");
    const { self } = await cem.ask("join", { roomId: "123", token: TOKEN }, "joined");
    const first = await (await stream("?wait=0", opening({ ref: "join" }))).text();
    const [joined, opened] = first
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as DownFrame);
    expect(opened).toMatchObject({
      payload: { frame: { type: "joined", payload: { ref: "join", head: 1, entries: [{}] } } },
    });
    if (joined?.type !== "joined" || opened?.type !== "private") throw new Error("It is not open.");
    const { epoch } = joined.payload;
    const inner = opened.payload.frame as { payload: Since };
    const since = { epoch: inner.payload.epoch, seq: 1 };
    const payload = { name: "Ada", since: { epoch, seq: 0 } };
    const waiting = stream("?wait=25", { payload, ...opening({ since }) });
    ben.send("private", { with: self.id, frame: { type: "chat", payload: { message: "two" } } });
    const lines = (await (await waiting).text()).trimEnd().split("\n");
    expect(lines.join()).toContain('"message":"two"');
  });

  it("open nothing but conversations", async () => {
    const frames = [{ type: "chat", payload: { message: "for all" } }];
    expect(await refusalOf(stream("", { frames }))).toBe("400 bad_frame");
  });
});

it("[W4] the bell over HTTP says who wrote, to its owner alone", async () => {
  const bell = (init: RequestInit = {}, query = "") =>
    fetch(`${server.url}/api/rooms/123/bell${query}`, init);
  await post("one");
  await post("two");
  const all = await answer(bell(bearer(BEN_TOKEN)));
  expect(all.body).toMatchObject({ head: 2, entries: [{ type: "rang" }, { type: "rang" }] });
  expect(JSON.stringify(all.body)).not.toContain("two");
  const later = await answer(bell(bearer(BEN_TOKEN), "?after=1"));
  expect(later.body).toMatchObject({ entries: [{ type: "rang", payload: { seq: 2 } }] });
  const own = await answer(bell(bearer(TOKEN)));
  expect(own.body).toMatchObject({ entries: [{ payload: { to: benId } }, { payload: {} }] });
  const other = await answer(bell(bearer("CCCCCCCCCCCCCCCCCCCCCC")));
  expect(other.body).toMatchObject({ head: 0, entries: [] });
  expect(await refusalOf(bell())).toBe("401 token_needed");
});

it("no path names the log of a conversation as a room", async () => {
  for (const room of [`123%2F${benId}`, `123%2F${benId}%2Bx`]) {
    const url = `${server.url}/api/rooms/${room}/messages`;
    expect(await refusalOf(fetch(url, bearer(TOKEN)))).toBe("400 bad_room");
  }
});
