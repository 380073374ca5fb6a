import { createHash } from "node:crypto";
import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openApi } from "../src/api/openapi.ts";
import { PIPELINED_REQUESTS_MAX } from "../src/limits/limits.ts";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { FileRequests, someBytes } from "./file-requests.ts";
import { ServerSentEvents } from "./server-sent-events.ts";
import { RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.close());

describe("what pages may do", () => {
  it("lets pages of named origins ask, and tells browsers so", async () => {
    const open = await TestServer.start({
      env: { LIMITS: "off", ALLOWED_ORIGINS: "https://a.example" },
    });
    const headers = { origin: "https://a.example" };
    const url = `${open.url}/api/rooms/1/messages`;
    const asked = await fetch(url, { method: "OPTIONS", headers });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-headers")).toContain("Authorization");
    const said = await fetch(url, { method: "POST", headers, body: "hi" });
    expect(said.headers.get("access-control-allow-origin")).toBe("https://a.example");
    await open.close();
  });

  it("[B1] [H3] lets pages of named origins upload, and find out whether the server answers", async () => {
    const env = { LIMITS: "off", ALLOWED_ORIGINS: "https://a.example" };
    const open = await TestServer.start({ env });
    const from = (path: string, origin: string, method = "GET") =>
      fetch(`${open.url}${path}`, { method, headers: { origin } });
    const asked = await from(`/api/rooms/1/files/${TOKEN}/0`, "https://a.example", "OPTIONS");
    const allowed = asked.headers.get("access-control-allow-headers")?.toLowerCase().split(", ");
    // What the client sends with each part.
    const sent = ["authorization", "content-digest", "content-type", "parley-connection"];
    expect(allowed).toEqual(expect.arrayContaining(sent));
    const about = await from("/about.json", "https://a.example");
    expect(about.headers.get("access-control-allow-origin")).toBe("https://a.example");
    expect(about.headers.get("vary")).toBe("Origin");
    const file = await new FileRequests(`${open.url}/api/rooms/1`).store(someBytes(9));
    await new FileRequests(`${open.url}/api/rooms/1`).say({ message: "cat", files: [file] });
    const shown = await fetch(`${open.url}/files/${file.id}/x`);
    expect(shown.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    const foreign = await from("/about.json", "https://evil.example");
    expect(foreign.status).toBe(200);
    expect(foreign.headers.has("access-control-allow-origin")).toBe(false);
    await open.close();
  });

  it("shows people a page", async () => {
    const page = await fetch(`${server.url}/api`);
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(await page.text()).toContain("/api/page.js");
  });
});

describe("the OpenAPI description", () => {
  it("is made from the schemas; what changes it changes this digest, and the changelog", async () => {
    const { body } = await answer(fetch(`${server.url}/api/openapi.json`));
    expect(body).toEqual(openApi());
    const digest = createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 12);
    expect(digest).toMatchInlineSnapshot(`"d1069858e7fb"`);
  });
});

describe("limits", () => {
  async function limited(env: Record<string, string> = {}): Promise<TestServer> {
    return TestServer.start({ env, ratesByTest: true });
  }

  it("lets one member write as fast as over a socket, and says when to try again", async () => {
    const strict = await limited();
    const say = () =>
      fetch(`${strict.url}/api/rooms/1/messages`, { method: "POST", body: "a", ...bearer(TOKEN) });
    for (let n = 0; n < 20; n += 1) expect((await say()).status).toBe(201);
    const refused = await say();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toMatchObject({
      error: { code: "rate_limited", temporary: true },
    });
    strict.pass(1_000);
    expect((await say()).status).toBe(201);
    await strict.close();
  });

  it("counts frames of those without a token for their address, and gives four pages a request", async () => {
    const strict = await limited();
    const ask = async (frames: unknown[]) => {
      const request = { method: "POST", body: JSON.stringify({ frames }) };
      const { body } = await answer(fetch(`${strict.url}/api/rooms/1/frames`, request));
      return (body as { frames: { type: string; payload: { code?: string } }[] }).frames;
    };
    const pages = await ask(Array.from({ length: 6 }, () => ({ type: "history", payload: {} })));
    expect(pages.map(({ type, payload }) => payload.code ?? type)).toEqual([
      ...Array.from({ length: 4 }, () => "history"),
      "rate_limited",
      "rate_limited",
    ]);
    const pings = Array.from({ length: 60 }, () => ({ type: "ping", payload: {} }));
    const answers = await ask(pings);
    expect(answers.filter(({ type }) => type === "pong")).toHaveLength(54);
    await strict.close();
  });

  it("cuts off those who do not read their answers, when MEMORY_MB wait", async () => {
    const tight = await TestServer.start({ env: { LIMITS: "off", MEMORY_MB: "1" } });
    for (let times = 0; times < 60; times += 1) {
      const request = { method: "POST", body: "x".repeat(4_000) };
      await fetch(`${tight.url}/api/rooms/1/messages`, request);
    }
    const deaf = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const raw = await RawSocket.connect(tight.port);
        raw.socket.pause();
        for (let page = 0; page < PIPELINED_REQUESTS_MAX; page += 1) {
          raw.write("GET /api/rooms/1/messages?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        return raw;
      }),
    );
    await until(async () => {
      expect(await tight.metric('parley_cut_off_total{why="memory"}')).toBeGreaterThan(0);
    });
    expect(await tight.metric("parley_unread_bytes")).toBeLessThan(1_500_000);
    for (const raw of deaf) raw.reset();
    await tight.close();
  });

  it("lets nobody guess codes faster than by joining", async () => {
    const strict = await limited({ NEW_ROOMS_PER_MINUTE: "2" });
    const look = (code: string) => fetch(`${strict.url}/api/rooms/${code}/messages`);
    expect((await look("a")).status).toBe(200);
    expect((await look("b")).status).toBe(200);
    expect((await look("c")).status).toBe(429);
    expect(
      (await fetch(`${strict.url}/api/rooms/d/messages`, { method: "POST", body: "x" })).status,
    ).toBe(429);
    await strict.close();
  });

  it.each([
    ["a page of history", { type: "history", payload: { limit: 1 } }],
    ["a message", { type: "react", payload: { target: "a", emoji: "👍", on: true } }],
    ["a setting's place", { type: "set", payload: { key: "name", value: "a", expect: 999 } }],
  ])("lets nobody guess codes by frames that ask for %s", async (_what, frame) => {
    const strict = await limited({ NEW_ROOMS_PER_MINUTE: "2" });
    const room = (code: string) => `${strict.url}/api/rooms/${code}`;
    /** The answer to a frame; each is of a new member, as there is no token. */
    const look = async (code: string) => {
      const body = JSON.stringify({ frames: [frame] });
      const asked = await answer(fetch(`${room(code)}/frames`, { method: "POST", body }));
      const { frames } = asked.body as { frames: { payload: { code?: string } }[] };
      return frames[0]?.payload.code ?? "told";
    };
    const said = await fetch(`${room("used")}/messages`, { method: "POST", body: "x" });
    expect(said.status).toBe(201);
    const told = { history: "told", react: "unknown_target", set: "stale" }[frame.type] ?? "";
    for (let n = 0; n < 3; n += 1) expect(await look("used")).toBe(told);
    expect([await look("a"), await look("b")]).toEqual([told, "rate_limited"]);
    expect(await refusalOf(fetch(`${room("c")}/messages`))).toBe("429 rate_limited");
    await strict.close();
  });

  it("lets one address have 20 streams, and 20 polls that wait", async () => {
    const strict = await limited();
    const url = `${strict.url}/api/rooms/1`;
    const readers = await Promise.all(
      Array.from({ length: 20 }, () => ServerSentEvents.open(`${url}/events`)),
    );
    expect(await refusalOf(fetch(`${url}/events`))).toBe("429 too_many_streams");
    for (const reader of readers) reader.close();
    const giveUp = new AbortController();
    const polls = Array.from({ length: 21 }, async () => {
      const { status } = await fetch(`${url}/messages?after=0&wait=25`, { signal: giveUp.signal });
      return status;
    });
    // The others wait for a time that does not pass here.
    expect(await Promise.race(polls)).toBe(429);
    giveUp.abort();
    await Promise.allSettled(polls);
    await strict.close();
  });
});
