import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROTOCOL_VERSION } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { handshake, RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

const STYLE = "html { color: red }";
const SCRIPT = "let first = 1;";
const PAGE = `<!doctype html><title>Parley</title><style>${STYLE}</style><script>${SCRIPT}</script>`;
let directory: string;
let server: TestServer;

/** A built web app with a page, a hashed script, and a secret beside it. */
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "parley-web-"));
  await mkdir(join(directory, "dist", "assets"), { recursive: true });
  await writeFile(join(directory, "secret.txt"), "secret");
  await writeFile(join(directory, "dist", "index.html"), PAGE);
  await writeFile(join(directory, "dist", ".env"), "secret");
  await writeFile(join(directory, "dist", "assets", "app-4f3a.js"), "let app = 1;");
  server = await TestServer.start({ webDirectory: join(directory, "dist") });
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);

/** What a path is answered with that no well-meaning client would send. */
async function rawGet(path: string, headers = ""): Promise<{ status: number; text: string }> {
  const raw = await RawSocket.connect(server.port);
  raw.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`);
  const head = await raw.head();
  await raw.closed;
  return { status: Number(head.slice(9, 12)), text: raw.received.toString() };
}

describe("the web app", () => {
  it.each(["/", "/index.html", "/r/123", "/r/7k3-f9qd-2xm", "/r/x?name=Ann", "/?x"])(
    "is served at %s",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
      expect(await answer.text()).toBe(PAGE);
    },
  );

  it("may load and run nothing but what comes from here, and stand in no other page", async () => {
    const { headers } = await get("/r/123");
    const policy = headers.get("content-security-policy") ?? "";
    const [script, style] = [SCRIPT, STYLE].map(
      (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
    );
    // What is written in the page comes from here, too.
    expect(policy).toContain(
      `default-src 'none'; script-src 'self' ${script}; style-src 'self' ${style};`,
    );
    const elsewhere = (await get("/assets/app-4f3a.js")).headers.get("content-security-policy");
    expect(elsewhere).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  it("is kept for good if its name says what it holds, and asked for again elsewhere", async () => {
    const script = await get("/assets/app-4f3a.js");
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(script.headers.get("content-type")).toMatch(/javascript/);
    const page = await get("/");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const etag = page.headers.get("etag") ?? "";
    expect((await get("/", { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await get("/r/9", { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  it.each([
    "/nothing",
    "/assets/",
    "/assets/old-1234.js",
    "/room/123",
    "/r",
    "/.env",
    "/secret.txt",
  ])("has nothing at %s", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain("secret");
  });

  it.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "//../secret.txt",
    "/%00",
    "/%",
    "/r/../../secret.txt",
    "/__proto__",
    "/constructor",
  ])("gives away nothing beside it at %s", async (path) => {
    const { status, text } = await rawGet(path);
    expect([200, 404]).toContain(status);
    if (status === 200) expect(text).toBe(PAGE);
    expect(text).not.toContain("secret");
  });

  it.each([
    "bytes=5-2",
    "bytes=0-3",
    "bytes=-1",
    "bytes=99-",
    "bytes=x",
    "rows=1-2",
    "bytes=1-2,4-5",
  ])("is whole, whatever part is asked for: %s", async (range) => {
    const answer = await get("/assets/app-4f3a.js", { headers: { range } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("let app = 1;");
  });

  it("is what it was when the server started, also if its files change", async () => {
    await rm(join(directory, "dist", "assets", "app-4f3a.js"));
    await writeFile(join(directory, "dist", "index.html"), "half of a new bu");
    expect(await (await get("/assets/app-4f3a.js")).text()).toBe("let app = 1;");
    expect(await (await get("/")).text()).toBe(PAGE);
  });

  it("says how to build it if it is not built, and serves all else", async () => {
    const bare = await TestServer.start();
    const answer = await fetch(bare.url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("pnpm build");
    expect((await fetch(`${bare.url}/healthz`)).status).toBe(200);
    await bare.close();
  });
});

describe("what anybody may know", () => {
  it.each([
    [{}, { retentionDays: 90, historyLimit: 100_000 }],
    [
      { RETENTION_DAYS: "7", HISTORY_LIMIT: "500" },
      { retentionDays: 7, historyLimit: 500 },
    ],
    [
      { RETENTION_DAYS: "0", HISTORY_LIMIT: "0" },
      { retentionDays: null, historyLimit: null },
    ],
  ] as const)("is how long messages are kept: %j", async (env, kept) => {
    const other = await TestServer.start({ env });
    const answer = await fetch(`${other.url}/about.json`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual({
      ...kept,
      files: { maxBytes: 26_214_400 },
      protocolVersion: PROTOCOL_VERSION,
    });
    await other.close();
  });
});

describe("what an operator asks for", () => {
  it("is answered, and kept nowhere", async () => {
    for (const [path, text] of [
      ["/healthz", "ok\n"],
      ["/readyz", "ready\n"],
      ["/healthz?x=1", "ok\n"],
    ] as const) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(await answer.text()).toBe(text);
    }
  });

  it("is a page of numbers at /metrics", async () => {
    const answer = await get("/metrics");
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0.0.4/);
    const text = await answer.text();
    for (const name of [
      "parley_connections",
      "parley_members",
      "parley_rooms",
      "parley_messages_out_total",
      "parley_append_seconds_count",
      "nodejs_eventloop_lag_seconds",
    ]) {
      expect(text).toMatch(new RegExp(`^${name}( |\\{)`, "m"));
    }
  });

  it("has no body for HEAD", async () => {
    for (const path of ["/", "/healthz", "/r/1", "/assets/app-4f3a.js"]) {
      const answer = await get(path, { method: "HEAD" });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe("");
    }
    expect((await get("/nothing", { method: "HEAD" })).status).toBe(404);
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])("is not there for %s", async (method) => {
    const answer = await get("/healthz", { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  });

  it("upgrades to WebSocket in any spelling of it", async () => {
    const raw = await RawSocket.connect(server.port);
    raw.write(handshake(server.port, { Upgrade: "WebSocket" }));
    expect(await raw.head()).toMatch(/^HTTP\/1.1 101 /);
    raw.reset();
    await raw.closed;
  });

  it("is told at /ws that this is no page", async () => {
    const answer = await get("/ws");
    expect(answer.status).toBe(426);
    expect(answer.headers.get("upgrade")).toBe("websocket");
  });

  it.each([
    ["headers without end", `X: ${"x".repeat(20_000)}\r\n`, 431],
    ["a header that is none", "no colon\r\n", 400],
  ])("is refused for %s", async (_what, headers, status) => {
    expect((await rawGet("/", headers)).status).toBe(status);
    expect((await get("/healthz")).status).toBe(200);
  });
});
