import { describe, expect, it } from "vitest";
import { acceptsEncoding, matchesEtag } from "./negotiation.ts";

describe("an encoding", () => {
  it.each(["br", "gzip, deflate, br", "BR", "gzip;q=1.0, br;q=0.5", " br ;q=0.001", "br,br;q=0"])(
    "is taken by who sends %j",
    (header) => {
      expect(acceptsEncoding(header, "br")).toBe(true);
    },
  );

  it.each([undefined, "", "gzip", "*", "brotli", "xbr", "br;q=0", "br; Q = 0.000 ", "gzip;br"])(
    "is not taken by who sends %j",
    (header) => {
      expect(acceptsEncoding(header, "br")).toBe(false);
    },
  );
});

describe("a tag", () => {
  it.each(['"a"', 'W/"a"', '"b", "a"', '"b",W/"a"', "*"])("is known to who sends %s", (header) => {
    expect(matchesEtag(header, '"a"')).toBe(true);
  });

  it.each([undefined, "", "a", '"A"', '"b"', 'w/"a"', '"ab"', '"a'])(
    "is not known to who sends %s",
    (header) => {
      expect(matchesEtag(header, '"a"')).toBe(false);
    },
  );
});
