import { refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { agoTitle } from "./ago.ts";
import { checkName, checkRoomCode } from "./checks.ts";
import { problemOf } from "./join-problem.ts";

describe("a room code", () => {
  it.each([
    ["lobby", "lobby"],
    ["  7K3-F9QD-2XM ", "7k3-f9qd-2xm"],
    ["https://chat.example/r/Team_1?x=1", "team_1"],
    ["http://127.0.0.1:8080/r/abc", "abc"],
  ])("%s is taken as %s", (text, value) => {
    expect(checkRoomCode(text)).toEqual({ ok: true, value });
  });

  it.each(["", "   ", "not a code!", "x".repeat(65), "https://chat.example/about"])(
    "%s is refused with a sentence",
    (text) => {
      expect(checkRoomCode(text)).toEqual({ ok: false, message: expect.stringMatching(/code/) });
    },
  );
});

describe("a name", () => {
  it("is taken as others will see it", () => {
    expect(checkName("  Ada\u202e ")).toEqual({ ok: true, value: "Ada" });
  });

  it.each(["", " ", "\u200b\u200b", "x".repeat(33)])("%j is refused with a sentence", (text) => {
    expect(checkName(text)).toEqual({ ok: false, message: expect.stringMatching(/name/) });
  });
});

describe("a refused join", () => {
  it("lands beside the field that it concerns", () => {
    expect(problemOf(refusal("bad_room")).field).toBe("code");
    expect(problemOf(refusal("bad_name")).field).toBe("name");
    expect(problemOf(refusal("internal")).field).toBe("form");
  });
});

describe("when a room was last open", () => {
  const now = new Date(2026, 10, 20, 18).getTime();
  const ago = (ms: number) => agoTitle(now - ms, now);
  const HOUR = 3_600_000;

  it("is told in minutes, hours, then by its day", () => {
    expect(ago(10_000)).toBe("just now");
    expect(ago(5 * 60_000)).toMatch(/5/);
    expect(ago(2 * HOUR)).toMatch(/2/);
    expect(ago(8 * HOUR)).toBe("Today");
    expect(ago(30 * HOUR)).toBe("Yesterday");
    expect(ago(24 * HOUR * 9)).toMatch(/11.*2026/);
  });

  it("survives a clock that was set back", () => {
    expect(ago(-HOUR)).toBe("just now");
  });
});
