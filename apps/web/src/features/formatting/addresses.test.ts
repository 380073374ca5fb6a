import { expect, it, vi } from "vitest";
import { addressesIn, hrefOf } from "./addresses.ts";

const found = (text: string) => addressesIn(text).map((address) => address.text);

it.each([
  ["see https://example.org.", ["https://example.org"]],
  ["(https://example.org/a_(b))", ["https://example.org/a_(b)"]],
  [
    "http://a.example, https://b.example/x?y=1&z=%20#f!",
    ["http://a.example", "https://b.example/x?y=1&z=%20#f"],
  ],
  ["HTTPS://EXAMPLE.ORG/Path", ["HTTPS://EXAMPLE.ORG/Path"]],
  ['<a href="https://example.org">', ["https://example.org"]],
  ["mailto:ada@example.org, please", ["mailto:ada@example.org"]],
  ["看https://example.org/路。谢谢", ["https://example.org/路"]],
  [
    "“https://example.org” and `https://example.com`",
    ["https://example.org", "https://example.com"],
  ],
  ["https://example.org/\u202Egpj.exe", ["https://example.org/"]],
  ["**https://example.org/**", ["https://example.org/"]],
  ["www.example.org/a?b, or WWW.Example.com.", ["www.example.org/a?b", "WWW.Example.com"]],
])("finds the addresses in %s", (text, expected) => {
  expect(found(text)).toEqual(expected);
});

it.each([
  "javascript:alert(1)",
  "data:text/html,x ftp://example.org file:///etc/passwd",
  "https:// http://. mailto: mailto:@ mailto:a@b@c",
  "xhttps://example.org",
  "vbscript:https",
  "no link at all",
  "www. www.example www.. www.1 awww.example.org",
])("finds none in %s", (text) => {
  expect(found(text)).toEqual([]);
});

it("leads to a host without a scheme over https", () => {
  expect(hrefOf("www.example.org")).toBe("https://www.example.org");
  expect(hrefOf("http://www.example.org")).toBe("http://www.example.org");
});

it("returns where each begins", () => {
  expect(addressesIn("a https://b.example c")).toEqual([{ at: 2, text: "https://b.example" }]);
});

it("are not searched for in a host that is too long", () => {
  const canParse = vi.spyOn(URL, "canParse");
  const host = Array.from({ length: 4_000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join("");
  const path = `https://example.org/${"a".repeat(4_000)}`;
  for (const text of [
    `https://${host}`,
    `http://a@${host}:80/`,
    `https://a${"\u0300".repeat(301)}`,
  ]) {
    expect(found(text)).toEqual([]);
  }
  expect(canParse).not.toHaveBeenCalled();
  expect(found(path)).toEqual([path]);
  expect(found(`https://${"a.".repeat(120)}org`)).toHaveLength(1);
  canParse.mockRestore();
});
