import { expect, it } from "vitest";
import { linkify } from "./linkify.ts";

const links = (text: string) =>
  linkify(text).flatMap((stretch) => (stretch.is === "link" ? [stretch.text] : []));

it.each([
  ["see https://example.org.", ["https://example.org"]],
  ["(https://example.org/a_(b))", ["https://example.org/a_(b)"]],
  [
    "http://a.example, https://b.example/x?y=1&z=%20#f!",
    ["http://a.example", "https://b.example/x?y=1&z=%20#f"],
  ],
  ["HTTPS://EXAMPLE.ORG/Path", ["HTTPS://EXAMPLE.ORG/Path"]],
  ['<a href="https://example.org">', ["https://example.org"]],
  ["javascript:alert(1) data:text/html,x ftp://example.org", []],
  ["https:// http://.", []],
  ["no link at all", []],
])("finds the addresses in %s", (text, expected) => {
  expect(links(text)).toEqual(expected);
});

it("loses nothing of the text", () => {
  for (const text of ["", "a https://b.example c", "https://x.example)", "[https://y.example]…"]) {
    expect(
      linkify(text)
        .map((stretch) => stretch.text)
        .join(""),
    ).toBe(text);
  }
});

it.each(["https://a.example/" + ")".repeat(8000), "https://".repeat(1000), "(".repeat(8000)])(
  "is quick on hostile text %#",
  (text) => {
    const start = performance.now();
    linkify(text);
    expect(performance.now() - start).toBeLessThan(200);
  },
);
