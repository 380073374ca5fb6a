import { describe, expect, it } from "vitest";
import { isAllowedOrigin } from "./origin.ts";

describe("a page that connects", () => {
  it("may be a program, which sends no origin", () => {
    expect(isAllowedOrigin(undefined, "chat.example", [])).toBe(true);
    expect(isAllowedOrigin(undefined, undefined, ["https://other.example"])).toBe(true);
  });

  it.each([
    ["https://chat.example", "chat.example"],
    ["http://chat.example:8080", "chat.example:8080"],
    ["http://localhost:8080", "LocalHost:8080"],
    ["http://[::1]:8080", "[::1]:8080"],
  ])("may be a page of this server: %s at %s", (origin, host) => {
    expect(isAllowedOrigin(origin, host, [])).toBe(true);
  });

  it.each([
    ["https://evil.example", "chat.example"],
    ["https://chat.example.evil.example", "chat.example"],
    ["https://evil.example/chat.example", "chat.example"],
    ["https://chat.example@evil.example", "chat.example"],
    ["http://chat.example:81", "chat.example"],
    ["http://chat.example", "chat.example:8080"],
    ["https://evil.example", undefined],
    ["null", "chat.example"],
    ["null", "null"],
    ["", "chat.example"],
    ["chat.example", "chat.example"],
    ["*", "chat.example"],
  ])("may not be any other page: %j at %j", (origin, host) => {
    expect(isAllowedOrigin(origin, host, [])).toBe(false);
  });

  it("may be a page of an origin that the host names, and of no other", () => {
    const allowed = ["https://front.example", "http://localhost:5173"];
    expect(isAllowedOrigin("https://front.example", "chat.example", allowed)).toBe(true);
    expect(isAllowedOrigin("http://localhost:5173", "chat.example", allowed)).toBe(true);
    expect(isAllowedOrigin("http://front.example", "chat.example", allowed)).toBe(false);
    expect(isAllowedOrigin("https://front.example.evil.example", "chat.example", allowed)).toBe(
      false,
    );
  });

  it("may be any page if the host says so", () => {
    expect(isAllowedOrigin("https://evil.example", "chat.example", ["*"])).toBe(true);
    expect(isAllowedOrigin("null", "chat.example", ["*"])).toBe(true);
  });
});
