import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

const SCRIPT = "let app = 1;".repeat(100);
const PATH = "/assets/app-4f3a.js";
let directory: string;
let server: TestServer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "parley-web-"));
  await mkdir(join(directory, "assets"));
  await mkdir(join(directory, ".vite"));
  await writeFile(
    join(directory, "index.html"),
    '<!doctype html><title>Parley</title><meta content="%TITLE%"><meta content="%ORIGIN%/og.png">',
  );
  await writeFile(join(directory, "icon.png"), Buffer.from([0x89, 0x50]));
  await writeFile(join(directory, "LICENSE"), "MIT");
  await writeFile(join(directory, ".vite", "manifest.json"), "{}");
  await writeFile(join(directory, "assets", "app-4f3a.js"), SCRIPT);
  await writeFile(join(directory, "assets", "app-4f3a.js.br"), brotliCompressSync(SCRIPT));
  await writeFile(join(directory, "assets", "app-4f3a.js.gz"), gzipSync(SCRIPT));
  server = await TestServer.start({ webDirectory: directory });
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

/** Fetches a file with these encodings; what comes is decoded. */
const get = (encodings: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${server.url}${PATH}`, { method, headers: { "accept-encoding": encodings, ...headers } });

describe("a file of the web app", () => {
  it.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, br;q=0", "gzip"],
    ["gzip", "gzip"],
    ["identity", null],
    ["", null],
  ])("goes to who takes %j as %s", async (encodings, encoding) => {
    const answer = await get(encodings);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(answer.headers.get("vary")).toBe("Accept-Encoding");
    expect(await answer.text()).toBe(SCRIPT);
  });

  it("has a tag of its own in each encoding, and is not sent again to who has it", async () => {
    const tags = new Set<string>();
    for (const encodings of ["br", "gzip", "identity"]) {
      const etag = (await get(encodings)).headers.get("etag") ?? "";
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      tags.add(etag);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
        const again = await get(encodings, { "if-none-match": known });
        expect(again.status).toBe(304);
        expect(again.headers.get("etag")).toBe(etag);
        expect(again.headers.get("cache-control")).toContain("immutable");
        expect(again.headers.get("vary")).toBe("Accept-Encoding");
        expect(again.headers.get("content-security-policy")).toContain("default-src 'none'");
        expect(await again.text()).toBe("");
      }
      expect((await get(encodings, { "if-none-match": '"other"' })).status).toBe(200);
    }
    expect(tags.size).toBe(3);
  });

  it("says its size to who asks for its head", async () => {
    const raw = await RawSocket.connect(server.port);
    raw.write(
      `HEAD ${PATH} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n`,
    );
    const head = await raw.head();
    await raw.closed;
    expect(head).toContain(`Content-Length: ${brotliCompressSync(SCRIPT).length}\r\n`);
    expect(head).toContain("Content-Encoding: br\r\n");
    expect(raw.received).toHaveLength(0);
  });

  it.each([
    ["/icon.png", "image/png", null],
    ["/LICENSE", "application/octet-stream", null],
    ["/r/123", "text/html; charset=utf-8", "Accept-Encoding"],
  ])("%s is of the type %s", async (path, type, vary) => {
    const answer = await fetch(`${server.url}${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(answer.headers.get("vary")).toBe(vary);
  });

  it("is compressed if it is the page itself, which is another one for each room", async () => {
    const page = (encodings: string) =>
      fetch(`${server.url}/r/lake-trip`, { headers: { "accept-encoding": encodings } });
    const [small, whole] = await Promise.all([page("br, gzip"), page("identity")]);
    expect(small.headers.get("content-encoding")).toBe("gzip");
    expect(whole.headers.get("content-encoding")).toBe(null);
    expect(await small.text()).toBe(await whole.text());
  });

  it.each([`${PATH}.br`, `${PATH}.gz`, "/.vite/manifest.json", "/assets", "/icon.png/"])(
    "is not at %s",
    async (path) => {
      expect((await fetch(`${server.url}${path}`)).status).toBe(404);
    },
  );
});

describe("the preview of a link", () => {
  const page = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${server.url}${path}`, { headers })).text();

  it("names the room and has the address of a picture", async () => {
    const plain = await page("/r/lake-trip");
    expect(plain).toContain('content="Join room lake-trip on Parley"');
    expect(plain).toContain(`content="${server.url}/og.png"`);
    const secure = await page("/", { "x-forwarded-proto": "https" });
    expect(secure).toContain('content="Parley"');
    expect(secure).toContain(`content="${server.url.replace("http:", "https:")}/og.png"`);
  });

  it.each(["/r/%22%3E%3Cscript%3E", '/r/"><script>', `/r/${"x".repeat(65)}`])(
    "writes nothing of %s in the page",
    async (path) => {
      const text = await page(path);
      expect(text).toContain('content="Parley"');
      expect(text).not.toContain("<script>");
    },
  );

  it("writes no host in the page that is none", async () => {
    const raw = await RawSocket.connect(server.port);
    raw.write('GET / HTTP/1.1\r\nHost: "><script>\r\nConnection: close\r\n\r\n');
    await raw.closed;
    expect(raw.received.toString()).toContain('content="/og.png"');
  });
});
