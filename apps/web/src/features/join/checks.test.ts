import { refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { checkName, checkRoomCode, problemOf } from "./checks.ts";

describe("a room code", () => {
  it.each([
    ["lobby", "lobby"],
    ["  7K3-F9QD-2XM ", "7k3-f9qd-2xm"],
    ["https://chat.example/r/Team_1?x=1", "team_1"],
    ["http://127.0.0.1:8080/r/abc", "abc"],
    ["chat.example.org/r/team-1", "team-1"],
    ["127.0.0.1:8080/r/abc#5", "abc"],
    ["Join me in room tide on Parley: http://chat.example/r/548-p0zm-tva", "548-p0zm-tva"],
    ["Here (https://chat.example/r/Tide).", "tide"],
    ["http://chat.example/r/548‑p0zm‐tva", "548-p0zm-tva"],
    ["548-p0zm-tva.", "548-p0zm-tva"],
    ["Room code: 548-p0zm-tva", "548-p0zm-tva"],
    ["548–p0zm—tva", "548-p0zm-tva"],
  ])("%s is taken as %s", (text, value) => {
    expect(checkRoomCode(text)).toEqual({ ok: true, value });
  });

  it.each([
    "",
    "   ",
    "not a code!",
    "x".repeat(65),
    "https://chat.example/about",
    "Join me in room tide",
    "See: https://chat.example/about.",
    ".",
  ])("%s is refused with a sentence", (text) => {
    expect(checkRoomCode(text)).toEqual({ ok: false, message: expect.stringMatching(/code/) });
  });
});

describe("a name", () => {
  it("is returned as others will see it", () => {
    expect(checkName("  Ada\u202e ")).toEqual({ ok: true, value: "Ada" });
  });

  it.each(["", " ", "\u200b\u200b", "x".repeat(33)])("%j is refused with a sentence", (text) => {
    expect(checkName(text)).toEqual({ ok: false, message: expect.stringMatching(/name/) });
  });
});

describe("a refused join", () => {
  it("is shown beside the field that it concerns", () => {
    expect(problemOf(refusal("bad_room")).field).toBe("code");
    expect(problemOf(refusal("bad_name")).field).toBe("name");
    expect(problemOf(refusal("internal")).field).toBe("form");
  });
});
