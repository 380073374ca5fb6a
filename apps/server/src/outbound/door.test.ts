import { once } from "node:events";
import http, { type RequestListener, type Server } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Door, type DoorDeps } from "./door.ts";
import { isPublicAddress } from "./public-address.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A host beside the test; gives its address, and what it was asked. */
async function host(answer: RequestListener) {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += String(chunk)));
    request.on("end", () => {
      asked.push(`${request.method} ${request.url} ${body}`);
      answer(request, response);
    });
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const door = (deps: Partial<DoorDeps> = {}) => new Door({ allow: [], ...deps });
const beside = (deps: Partial<DoorDeps> = {}) => door({ allow: ["127.0.0.1"], ...deps });
const hi = { headers: {}, body: "hi" };

/** What DNS answers to any name. */
const resolvesTo =
  (...addresses: readonly string[]): LookupFunction =>
  (_name, { all }, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    if (all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family ?? 0);
  };

const inside = [
  "127.0.0.1",
  "127.255.255.254",
  "0.0.0.0",
  "10.0.0.1",
  "100.64.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::2",
  // IPv4 in IPv6: mapped, compatible, translated, NAT64 (also a local prefix), 6to4, Teredo.
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:8.8.8.8",
  "::127.0.0.1",
  "::7f00:1",
  "::ffff:0:7f00:1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::7f00:1",
  "2002:7f00:1::",
  "2001:0:4136:e378:8000:63bf:3fff:fdd2",
  "100::1",
  "2001:db8::1",
  "3fff::1",
  "4000::1",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fec0::1",
  "ff02::1",
] as const;

describe("public addresses", () => {
  it.each(inside)("%s is none", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["", "localhost", "1.2.3", "1.2.3.4.5", "127.1 ", "::g"])("%j is none", (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });

  it.each(["1.1.1.1", "93.184.215.14", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"])(
    "%s is one",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe("what the door does not let out", () => {
  it.each([
    ...inside.map((address) => `https://${address.includes(":") ? `[${address}]` : address}/`),
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://017700000001/",
    "https://127.1/",
    "https://0/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://user@example.com/",
    "https://user:password@example.com/",
    "example.com",
    "",
  ])("%s", async (address) => {
    expect(door().admits(address)).toBe(false);
    expect(await door().post(address, hi)).toEqual({ is: "forbidden" });
  });

  it.each(inside)("a name that resolves to %s", async (address) => {
    const guarded = door({ lookup: resolvesTo(address) });
    expect(guarded.admits("https://example.com/")).toBe(true);
    expect(await guarded.post("https://example.com/", hi)).toEqual({ is: "forbidden" });
  });

  it("a name that has one inside address among others", async () => {
    const guarded = door({ lookup: resolvesTo("1.1.1.1", "127.0.0.1") });
    expect(await guarded.post("https://example.com/", hi)).toEqual({ is: "forbidden" });
  });

  it("a name without an address", async () => {
    const guarded = door({ lookup: resolvesTo() });
    expect(await guarded.post("https://example.com/", hi)).toEqual({ is: "forbidden" });
  });

  it("a host beside one that is allowed", async () => {
    const { url, asked } = await host((_request, response) => response.end());
    const guarded = door({ allow: ["localhost"] });
    expect(await guarded.post(url, hi)).toEqual({ is: "forbidden" });
    expect(asked).toEqual([]);
  });
});

describe("what the door lets out", () => {
  it("is a body to a host that is allowed, over http and inside", async () => {
    const { url, asked } = await host((_request, response) => response.writeHead(204).end());
    expect(await beside().post(`${url}/a?b=c`, hi)).toEqual({ is: "answered", status: 204 });
    expect(asked).toEqual(["POST /a?b=c hi"]);
  });

  it("goes on to nowhere: a redirect is an answer", async () => {
    const other = await host((_request, response) => response.end());
    const { url } = await host((_request, response) =>
      response.writeHead(307, { location: other.url }).end(),
    );
    expect(await beside().post(url, hi)).toEqual({ is: "answered", status: 307 });
    expect(other.asked).toEqual([]);
  });

  it("is cut off after 64 KiB of an answer without end", async () => {
    let isGone: Promise<unknown> | undefined;
    const { url } = await host((_request, response) => {
      isGone = once(response, "close");
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    expect(await beside().post(url, hi)).toEqual({ is: "answered", status: 200 });
    await isGone;
  });

  it.each<[string, RequestListener]>([
    ["no answer comes", () => undefined],
    ["the answer does not end", (_request, response) => response.write("x")],
  ])("is given up where %s", async (_what, answer) => {
    const { url } = await host(answer);
    expect(await beside({ withinMs: 50 }).post(url, hi)).toEqual({ is: "late" });
  });

  it("fails where the connection is cut within the answer", async () => {
    const { url } = await host((request, response) => {
      response.write("x", () => request.socket.destroy());
    });
    expect(await beside().post(url, hi)).toEqual({ is: "unreachable" });
  });

  it("is given up if the caller says so", async () => {
    const { url } = await host(() => giveUp.abort());
    const giveUp = new AbortController();
    const answer = await beside().post(url, { ...hi, signal: giveUp.signal });
    expect(answer).toEqual({ is: "unreachable" });
  });

  it("reaches nobody if nobody listens", async () => {
    const { url } = await host(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    expect(await beside().post(url, hi)).toEqual({ is: "unreachable" });
  });

  it("is a request to a fast host while many wait for a slow one", async () => {
    const held: (() => void)[] = [];
    const slow = await host((_request, response) => held.push(() => response.end()));
    const fast = await host((_request, response) => response.end());
    const guarded = beside({ allow: ["127.0.0.1", "localhost"] });
    const ended: unknown[] = [];
    const waiting = Array.from({ length: 200 }, async () => {
      ended.push(await guarded.post(slow.url, hi));
    });
    const address = fast.url.replace("127.0.0.1", "localhost");
    expect(await guarded.post(address, hi)).toEqual({ is: "answered", status: 200 });
    expect(ended).toEqual([]);
    const release = setInterval(() => held.splice(0).forEach((end) => end()), 1);
    await Promise.all(waiting);
    clearInterval(release);
  });

  it("is at most 8 requests to a host at once; others wait in line", async () => {
    let open = 0;
    let most = 0;
    const { url } = await host((_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        response.end();
      });
    });
    const guarded = beside();
    const answers = await Promise.all(Array.from({ length: 200 }, () => guarded.post(url, hi)));
    expect(new Set(answers.map((answer) => answer.is))).toEqual(new Set(["answered"]));
    expect(most).toBeLessThanOrEqual(8);
  });
});
