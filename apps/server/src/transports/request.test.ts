import { IncomingMessage, type IncomingHttpHeaders } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { clientAddress } from "./request.ts";

/** A request that came from 192.0.2.1 with these headers. */
function request(headers: IncomingHttpHeaders) {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: "192.0.2.1" });
  return Object.assign(new IncomingMessage(socket), { headers });
}

describe("the address of a client", () => {
  it("is the socket's, not what the client claims", () => {
    const headers = { "x-forwarded-for": "203.0.113.9", forwarded: "for=203.0.113.9" };
    expect(clientAddress(request(headers), undefined)).toBe("192.0.2.1");
  });

  it("is what a trusted proxy says in its header", () => {
    const headers = { "x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.10" };
    expect(clientAddress(request(headers), "x-forwarded-for")).toBe("203.0.113.9");
    expect(clientAddress(request(headers), "x-real-ip")).toBe("203.0.113.10");
  });

  it.each([
    ["198.51.100.7, 203.0.113.9", "203.0.113.9"],
    ["198.51.100.7,203.0.113.9 ", "203.0.113.9"],
    ["unknown, 2001:db8::1", "2001:db8::1"],
    ["198.51.100.7, 203.0.113.9:5000", "203.0.113.9"],
    ["198.51.100.7, [2001:db8::1]:5000", "2001:db8::1"],
    ["198.51.100.7, [2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::9]:5000, 2001:db8::1:5000", "2001:db8::1:5000"],
    ["198.51.100.7, ::ffff:203.0.113.9", "::ffff:203.0.113.9"],
    ["198.51.100.7, [::ffff:203.0.113.9]:5000", "::ffff:203.0.113.9"],
  ])("is the last of a list: of %j, earlier ones are the client's own word", (list, last) => {
    expect(clientAddress(request({ "x-forwarded-for": list }), "x-forwarded-for")).toBe(last);
  });

  it("is the last also if the header comes more than once", () => {
    const headers = { "x-client": ["198.51.100.7", "203.0.113.9"] as unknown as string };
    expect(clientAddress(request(headers), "x-client")).toBe("203.0.113.9");
  });

  it.each([undefined, "", " ", "203.0.113.9, "])(
    "is the socket's if the proxy's header says nothing: %j",
    (value) => {
      const headers = value === undefined ? {} : { "x-forwarded-for": value };
      expect(clientAddress(request(headers), "x-forwarded-for")).toBe("192.0.2.1");
    },
  );

  it.each([
    "unknown",
    "for=203.0.113.9:5000",
    'for="[2001:db8::1]:5000";proto=https',
    "203.0.113.9:http",
    "203.0.113.256",
    "[2001:db8::1",
    "2001:db8::1]:5000",
    "[[2001:db8::1]]:5000",
    "203.0.113.9:5000:5000",
    "client-7",
  ])("is the socket's if the proxy's header names no address: %j", (value) => {
    const headers = { "x-forwarded-for": `203.0.113.10, ${value}` };
    expect(clientAddress(request(headers), "x-forwarded-for")).toBe("192.0.2.1");
  });

  it("is unknown if the socket has gone", () => {
    const gone = new IncomingMessage(new Socket());
    expect(clientAddress(gone, undefined)).toBe("unknown");
  });
});
