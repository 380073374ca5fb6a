import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { handshake, RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

const REQUESTS_BURST = 500;
const REQUESTS_PER_SECOND = 50;
/** Requests that are under way at the same time, so that a test opens few sockets. */
const AT_ONCE = 20;

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start({
    env: { TRUST_PROXY: "X-Forwarded-For" },
    ratesByTest: true,
  });
});
afterEach(() => server.close());

const ask = (path: string, address: string) =>
  fetch(`${server.url}${path}`, { headers: { "X-Forwarded-For": address } });

/** The statuses that so many requests of one address are answered with, and how many each. */
async function statusesOf(requests: number, path: string, address: string) {
  const counts: Record<number, number> = {};
  for (let asked = 0; asked < requests; asked += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, requests - asked) }, async () => {
      const answer = await ask(path, address);
      await answer.text();
      counts[answer.status] = (counts[answer.status] ?? 0) + 1;
    });
    await Promise.all(some);
  }
  return counts;
}

describe("HTTP requests of one network address", () => {
  it("are answered up to 500 at once and 50 a second, and beyond it with 429", async () => {
    expect(await statusesOf(REQUESTS_BURST + 10, "/about.json", "192.0.2.1")).toEqual({
      200: REQUESTS_BURST,
      429: 10,
    });
    server.pass(1_000);
    expect(await statusesOf(REQUESTS_PER_SECOND + 10, "/about.json", "192.0.2.1")).toEqual({
      200: REQUESTS_PER_SECOND,
      429: 10,
    });
  });

  it("are told why, when to ask again, and counted; another address is answered", async () => {
    await statusesOf(REQUESTS_BURST, "/", "192.0.2.1");
    const refused = await ask("/", "192.0.2.1");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.headers.get("cache-control")).toBe("no-store");
    expect(await refused.text()).toBe(
      "Too many requests from your network address. Wait and ask again.\n",
    );
    expect((await ask("/about.json", "192.0.2.2")).status).toBe(200);
    expect(await server.metric('parley_refusals_total{code="too_many_requests"}')).toBe(1);
  });

  it("are refused so that a page of a named origin can read why", async () => {
    const open = await TestServer.start({
      env: { TRUST_PROXY: "X-Forwarded-For", ALLOWED_ORIGINS: "https://a.example" },
      ratesByTest: true,
    });
    const headers = { "X-Forwarded-For": "192.0.2.1", origin: "https://a.example" };
    const askAll = Array.from({ length: REQUESTS_BURST + 1 }, async () => {
      const answer = await fetch(`${open.url}/api/openapi.json`, { headers });
      await answer.text();
      return answer;
    });
    const answers = await Promise.all(askAll);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get("access-control-allow-origin")).toBe("https://a.example");
    await open.close();
  });

  it("leave probes answered, however many there are", async () => {
    await statusesOf(REQUESTS_BURST, "/", "192.0.2.1");
    expect(await statusesOf(REQUESTS_BURST, "/healthz", "192.0.2.1")).toEqual({ 200: 500 });
    expect(await statusesOf(5, "/readyz", "192.0.2.1")).toEqual({ 200: 5 });
    expect((await ask("/metrics", "192.0.2.1")).status).toBe(429);
  });

  it("are upgrades too", async () => {
    await statusesOf(REQUESTS_BURST, "/", "192.0.2.1");
    const raw = await RawSocket.connect(server.port);
    raw.write(handshake(server.port, { "X-Forwarded-For": "192.0.2.1" }));
    const head = await raw.head();
    expect(head).toMatch(/^HTTP\/1.1 429 /);
    expect(head).toContain("\r\nRetry-After: 1\r\n");
    await raw.closed;
  });
});

it("answers everything if limits are off", async () => {
  const unlimited = await TestServer.start();
  try {
    for (let asked = 0; asked <= REQUESTS_BURST; asked += 1) {
      const answer = await fetch(`${unlimited.url}/about.json`);
      await answer.text();
      expect(answer.status).toBe(200);
    }
  } finally {
    await unlimited.close();
  }
});
