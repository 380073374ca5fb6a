import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { FILE_PART_BYTES, PING_EVERY_MS, PING_GRACE_MS, withShard } from "@parley/protocol";
import { Haproxy } from "@parley/testkit/haproxy";
import { Nginx } from "@parley/testkit/nginx";
import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import {
  BODY_BYTES_MAX,
  POLL_SECONDS_MAX,
  REQUEST_WITHIN_MS,
  STREAM_BEAT_MS,
} from "../src/limits/limits.ts";
import { answer } from "./api-requests.ts";
import { ServerSentEvents } from "./server-sent-events.ts";
import { someBytes } from "./file-requests.ts";
import { TestServer } from "./server.ts";

const pathOf = (file: string) => fileURLToPath(new URL(`../../../deploy/${file}`, import.meta.url));
const settingsOf = (file: string) => readFileSync(pathOf(file), "utf8");

/** The number that stands after a setting. */
function numberIn(settings: string, setting: string): number {
  const [, digits] = new RegExp(`^ *${setting} (\\d+)`, "m").exec(settings) ?? [];
  return Number(digits);
}

/** Tests of it are there only where it is: a test that is skipped has failed. */
const haproxies = Haproxy.isPossible() ? ["HAProxy"] : [];
const proxies = [
  { name: "HAProxy", Proxy: Haproxy },
  { name: "nginx", Proxy: Nginx },
].filter(({ Proxy }) => Proxy.isPossible());

/** How long a proxy has to wait, in seconds: as long as the longest of these silences. */
const ANSWER_SECONDS = Math.max(POLL_SECONDS_MAX, STREAM_BEAT_MS / 1_000);
const SOCKET_SECONDS = (PING_EVERY_MS + PING_GRACE_MS) / 1_000;
const BODY_SECONDS = REQUEST_WITHIN_MS / 1_000;
/** For a server and a network that are slow, a proxy waits longer than it has to. */
const MARGIN = 2;

describe.each(["haproxy.cfg", "haproxy-compose.cfg"])("deploy/%s", (file) => {
  const settings = settingsOf(file);

  it("waits for what is silent by design, and holds back no event", () => {
    expect(numberIn(settings, "timeout server")).toBeGreaterThan(ANSWER_SECONDS * MARGIN);
    expect(numberIn(settings, "timeout client")).toBeGreaterThan(BODY_SECONDS);
    expect(numberIn(settings, "timeout tunnel")).toBeGreaterThan(SOCKET_SECONDS * MARGIN);
    expect(settings).toContain("option http-no-delay");
    expect(settings).not.toMatch(/^ *(compression|option http-buffer-request)/m);
  });

  it.each(haproxies)("is valid, says %s itself", () => {
    expect(Haproxy.check(pathOf(file))).toMatchObject({ ok: true });
  });
});

describe("deploy/nginx.conf", () => {
  it("waits for what is silent by design, takes every body, and holds back no event", () => {
    const settings = settingsOf("nginx.conf");
    const silence = Math.max(ANSWER_SECONDS, SOCKET_SECONDS) * MARGIN;
    expect(numberIn(settings, "proxy_read_timeout")).toBeGreaterThan(silence);
    expect(numberIn(settings, "client_body_timeout")).toBeGreaterThanOrEqual(BODY_SECONDS);
    const fileKiB = readConfig({}).fileBytes / 1_024;
    expect(numberIn(settings, "client_max_body_size")).toBeGreaterThan(fileKiB);
    expect(numberIn(settings, "client_body_buffer_size")).toBeGreaterThan(FILE_PART_BYTES / 1_024);
    expect(settings).toContain("proxy_buffering off;");
    expect(settings).not.toMatch(/gzip on/);
  });
});

describe.each(proxies)("behind $name", ({ Proxy }) => {
  let server: TestServer;
  let proxy: Haproxy | Nginx;
  beforeEach(async () => {
    server = await TestServer.start();
    proxy = await Proxy.start([server.port]);
  });
  afterEach(async () => {
    await proxy.close();
    await server.close();
  });

  it("sends each event of a stream at once, holds a poll, and passes sockets and bodies on", async () => {
    const room = `${proxy.url}/api/rooms/123`;
    const reader = await ServerSentEvents.open(`${room}/events`);
    await reader.next("joined");
    const poll = answer(fetch(`${room}/messages?after=0&wait=25`));
    const bob = await PlainClient.join(proxy.socketUrl, "123", "Bob");
    bob.say("hello");
    expect(await reader.next("chat")).toMatchObject({ message: "hello" });
    expect((await poll).body).toMatchObject({ entries: [{ payload: { message: "hello" } }] });
    const large = { method: "POST", body: "x".repeat(BODY_BYTES_MAX + 1) };
    expect((await fetch(`${room}/messages`, large)).status).toBe(413);
    const file = someBytes(2 * FILE_PART_BYTES);
    const uploaded = await answer(fetch(`${room}/upload/a.bin`, { method: "PUT", body: file }));
    expect(uploaded.status).toBe(201);
    const { files } = (uploaded.body as { payload: { files: { id: string }[] } }).payload;
    const stored = await fetch(`${proxy.url}/files/${files[0]?.id}/a.bin`);
    expect(Buffer.compare(Buffer.from(await stored.arrayBuffer()), file)).toBe(0);
    reader.close();
    bob.ws.terminate();
  });
});

describe.each(proxies)("several servers behind $name", ({ Proxy }) => {
  it("stay in use when they refuse what one client asks for", async () => {
    const servers = [1, 2].map(() =>
      createServer(({ url }, response) => {
        response.statusCode = url?.startsWith("/refused") ? 503 : 200;
        response.end("ready\n");
      }).listen(0, "127.0.0.1"),
    );
    await Promise.all(servers.map((server) => once(server, "listening")));
    const ports = servers.map((server) => (server.address() as AddressInfo).port);
    const proxy = await Proxy.start(ports);
    const statuses: number[] = [];
    for (const path of ["/refused", "/", "/refused", "/?r=b6f", "/refused", "/?r=c7d", "/"]) {
      statuses.push((await fetch(`${proxy.url}${path}`)).status);
    }
    expect(statuses).toEqual([503, 200, 503, 200, 503, 200, 200]);
    await proxy.close();
    for (const server of servers) server.close();
  });

  it("meet the members of a room on one server, and take in those who name no shard", async () => {
    const servers = await Promise.all([1, 2, 3].map(() => TestServer.start()));
    const proxy = await Proxy.start(servers.map(({ port }) => port));
    // HAProxy spreads a room that has more than its share of all connections: here are many others.
    const others = await Promise.all(
      Array.from({ length: 60 }, () => PlainClient.join(proxy.socketUrl, "elsewhere", "Eve")),
    );
    const counts: number[] = [];
    for (let room = 0; room < 12; room += 1) {
      const roomId = `room-${room}`;
      const url = withShard(proxy.socketUrl, roomId);
      await PlainClient.join(url, roomId, "Ada");
      const ben = await PlainClient.connect(url);
      // Servers without a Redis know only their own members.
      counts.push((await ben.join(roomId)).count);
    }
    expect(counts).toEqual(Array.from(counts, () => 2));
    for (const { ws } of others) ws.terminate();
    await proxy.close();
    await Promise.all(servers.map((server) => server.close()));
  });
});
