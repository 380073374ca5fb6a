import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bearer, TOKEN } from "./api-requests.ts";
import { TestServer } from "./server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.close());

const ask = (path: string, init?: RequestInit) => fetch(server.url + path, init);
const refusals = (code: string) => server.metric(`parley_refusals_total{code="${code}"}`);
const connections = () => server.metric("parley_connections");

describe("/metrics", () => {
  it("counts the requests that are refused, each once", async () => {
    const post = (path: string, body: string) => ask(path, { method: "POST", body });
    await post("/api/rooms/123/messages", "");
    await ask("/api/rooms/123/messages?limit=0");
    await ask("/api/rooms/123/hooks");
    await post("/hooks/unknown", "hello");
    await ask("/api/nothing");
    await ask("/api/rooms/123/messages", { method: "DELETE" });
    await post("/api/rooms/123/stream", '{"type":"join","payload":{"name":""}}');
    await post("/api/rooms/123/frames", '{"frames":[{"type":"nothing"}]}');
    for (const code of [
      "message_empty",
      "bad_parameter",
      "token_needed",
      "unknown_hook",
      "not_found",
      "method_not_allowed",
      "bad_name",
      "unknown_type",
    ]) {
      expect([code, await refusals(code)]).toEqual([code, 1]);
    }
  });

  it("counts streams and polls among the connections, until they end", async () => {
    const stream = new AbortController();
    const { signal } = stream;
    expect((await ask("/api/rooms/123/events", { signal, ...bearer(TOKEN) })).status).toBe(200);
    expect(await connections()).toBe(1);
    const said = await ask("/api/rooms/123/messages", { method: "POST", body: "hello" });
    const { id } = ((await said.json()) as { payload: { id: string } }).payload;
    const page = await ask("/api/rooms/123/messages");
    const { epoch } = (await page.json()) as { epoch: string };
    const join = { type: "join", payload: { since: { epoch, seq: 1, id } } };
    const polls = new AbortController();
    const polled = [
      ask("/api/rooms/123/messages?after=1&wait=25", { signal: polls.signal }),
      ask("/api/rooms/123/stream?wait=25", {
        method: "POST",
        body: JSON.stringify(join),
        signal: polls.signal,
      }),
    ].map((answer) => answer.catch(() => "gone"));
    await until(async () => expect(await connections()).toBe(3));
    polls.abort();
    await Promise.all(polled);
    await until(async () => expect(await connections()).toBe(1));
    stream.abort();
    await until(async () => expect(await connections()).toBe(0));
  });

  it("counts no stream that was refused", async () => {
    const answer = await ask("/api/rooms/123/events?name=%00");
    expect(answer.status).toBe(400);
    await answer.text();
    await until(async () => expect(await connections()).toBe(0));
  });
});
