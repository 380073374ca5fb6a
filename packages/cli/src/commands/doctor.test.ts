import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PROTOCOL_VERSION } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkBodies, checkEvents, checkPoll } from "../doctor/api.ts";
import { linesOf, type Finding } from "../doctor/finding.ts";
import { checkPages, clockFinding } from "../doctor/pages.ts";
import { checkUpgrade } from "../doctor/socket.ts";
import { eachWithParley } from "../testing/parley.ts";

describe("parley doctor", () => {
  const held = eachWithParley();

  it("finds no fault with a working server", async () => {
    const { parley, server } = held;
    const { code, out } = await parley.run(["doctor", server.url, "--wait", "1"]);
    const lines = out.trim().split("\n");
    expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([]);
    const checks = lines.map((line) => line.slice(6, 18).trim()).join(", ");
    expect(checks).toBe(
      "name, port, TLS, /healthz, /readyz, version, clock, " +
        "/ws, echo, body, large body, events, long poll",
    );
    expect(code).toBe(0);
  });

  it("exits with 75 if nothing listens, with 2 for a wrong URL", async () => {
    const { parley, server } = held;
    await server.stop();
    const away = await parley.run(["doctor"]);
    expect(away.code).toBe(75);
    expect(away.out).toMatch(/^fail {2}port .*\n +→ Start the server/m);
    await server.start();
    expect((await parley.run(["doctor", "ftp://host"])).code).toBe(2);
    expect((await parley.run(["doctor", "--wait", "26"])).code).toBe(2);
    expect((await parley.run(["tail", "room", "--wait", "1"])).code).toBe(2);
  });
});

describe("what is in front of a server", () => {
  let proxy: Server;
  let url: URL;
  let answer: RequestListener;
  beforeEach(async () => {
    proxy = createServer((request, response) => answer(request, response));
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    url = new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`);
  });
  afterEach(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  const gistOf = ({ check, grade, text }: Finding) => `${grade} ${check}: ${text}`;
  async function pages(): Promise<string[]> {
    const gists: string[] = [];
    for await (const finding of checkPages(url)) gists.push(gistOf(finding));
    return gists;
  }

  it("is reported if it is no Parley, leads elsewhere, or has no server behind it", async () => {
    answer = (_request, response) => void response.end("<html>Welcome");
    expect(await pages()).toEqual(["fail /healthz: 200 <html>Welcome"]);
    answer = (_request, response) => void response.writeHead(301, { location: "https://x/" }).end();
    expect(await pages()).toEqual(["fail /healthz: It leads to https://x/."]);
    answer = (_request, response) => void response.writeHead(502).end("Bad Gateway");
    expect(await pages()).toEqual(["away /healthz: 502 Bad Gateway"]);
  });

  it("is reported if the server is not ready, or speaks another protocol", async () => {
    const texts: Record<string, string> = {
      "/healthz": "ok\n",
      "/readyz": "not ready: storage\n",
      "/about.json": '{"protocolVersion":"99.0"}',
    };
    answer = ({ url: path = "" }, response) => {
      response.writeHead(path === "/readyz" ? 503 : 200).end(texts[path]);
    };
    expect((await pages()).slice(0, 3)).toEqual([
      "ok /healthz: The process lives.",
      "away /readyz: 503 not ready: storage",
      `fail version: Protocol 99.0; this program speaks ${PROTOCOL_VERSION}.`,
    ]);
  });

  it.each([
    [403, "Let the proxy keep the Host header"],
    [429, "set TRUST_PROXY"],
    [426, "Upgrade and Connection"],
  ])("refuses an upgrade with %i", async (status, advice) => {
    answer = (_request, response) => void response.writeHead(status).end();
    expect(await checkUpgrade(url)).toMatchObject({
      grade: "fail",
      advice: expect.stringContaining(advice) as string,
    });
  });

  it("is reported if it holds back events, cuts a poll, or takes no body", async () => {
    answer = ({ url: path = "", method }, response) => {
      if (method === "POST") response.writeHead(413).end("<html>Too Large");
      else if (path.startsWith("/events")) {
        // The head arrives; the events wait until there are more.
        response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
      } else if (path.includes("wait=")) response.writeHead(504).end("Gateway Time-out");
      else response.end('{"head":0}');
    };
    expect(gistOf(await checkEvents(url, 200))).toBe(
      "fail events: The first event did not come within 0.2 s.",
    );
    expect(gistOf(await checkPoll(url, 25))).toMatch(
      /^fail long poll: 504 Gateway Time-out, after/,
    );
    const bodies: string[] = [];
    for await (const finding of checkBodies(url)) bodies.push(gistOf(finding));
    expect(bodies).toEqual([
      "fail body: The longest message: 413 <html>Too Large",
      "warn large body: 413 <html>Too Large",
    ]);
  });
});

it("reports clocks that differ, and in which direction", () => {
  const now = Date.parse("2026-01-01T12:00:00Z");
  const at = (date: string) => {
    const headers = new Headers({ date: new Date(date).toUTCString() });
    return clockFinding({ status: 200, headers, text: "", ms: 20 }, now).text;
  };
  expect(at("2026-01-01T11:59:57Z")).toBe("The same as here, within 5 s.");
  expect(at("2026-01-01T11:59:00Z")).toMatch(/ s behind this machine's\.$/);
  expect(at("2026-01-01T12:01:00Z")).toMatch(/ s ahead of this machine's\.$/);
});

it("writes nothing from a server that could drive a terminal", () => {
  const finding = { check: "x", grade: "fail", text: "\u001b[2J\nforged", advice: "Do." } as const;
  expect(linesOf(finding)).toEqual(["fail  x            [2J forged", `${" ".repeat(19)}→ Do.`]);
});
