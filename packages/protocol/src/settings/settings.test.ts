import { describe, expect, it } from "vitest";
import { decodeDown, decodeUp } from "../codec.ts";
import { SETTING_BYTES_MAX } from "../limits.ts";
import { settingLine } from "./lines.ts";
import { settingDefinitions } from "./settings.ts";

function set(key: unknown, value: unknown, more: object = {}) {
  return decodeUp(JSON.stringify({ type: "set", payload: { key, value, ...more } }));
}

const codeOf = (decoded: ReturnType<typeof set>) => (decoded.ok ? "ok" : decoded.refusal.code);

it("accepts each setting, and its removal", () => {
  const taken: [string, unknown, unknown?][] = [
    ["name", "Bee keepers"],
    ["name", "  Bees\u0000 \u202e", "Bees"],
    ["name", "🐝".repeat(60)],
    ["topic", "x".repeat(250)],
    ["pin:1", true],
    ["pin:999999999999999", true],
  ];
  for (const [key, value, kept = value] of taken) {
    expect(set(key, value)).toEqual({
      ok: true,
      frame: { type: "set", payload: { key, value: kept } },
    });
    expect(codeOf(set(key, null))).toBe("ok");
  }
});

it("refuses an unknown setting and a wrong value", () => {
  const refused: [unknown, unknown][] = [
    ["door", "open"],
    ["constructor", "x"],
    ["__proto__", "x"],
    ["name:1", "x"],
    ["", "x"],
    [1, "x"],
    ["name", ""],
    ["name", " \u200b "],
    ["name", "x".repeat(61)],
    ["name", 7],
    ["name", "\ud800"],
    ["topic", "x".repeat(251)],
    ["pin", true],
    ["pin:", true],
    ["pin:0", true],
    ["pin:01", true],
    ["pin:1000000000000000", true],
    ["pin:1.5", true],
    ["pin:x", true],
    ["pin:1", false],
    ["pin:1", 1],
  ];
  for (const [key, value] of refused) {
    expect(codeOf(set(key, value)), JSON.stringify([key, value])).toBe("bad_setting");
  }
  expect(codeOf(decodeUp('{"type":"set","payload":{"key":"name"}}'))).toBe("bad_payload");
  expect(codeOf(set("name", "x", { expect: -1 }))).toBe("bad_payload");
});

it("[G3] refuses a value of more than 1 KiB", () => {
  const bytes = SETTING_BYTES_MAX - 2;
  expect(codeOf(set("topic", "x".repeat(bytes)))).toBe("bad_setting");
  expect(codeOf(set("topic", "x".repeat(bytes + 1)))).toBe("setting_too_large");
  expect(codeOf(set("topic", ["é".repeat(bytes)]))).toBe("setting_too_large");
});

describe.each(settingDefinitions)("$kind", ({ kind, subject, setBy, visibleTo }) => {
  it("has its own line, set and removed", () => {
    const key = subject ? `${kind}:42` : kind;
    const [given, removed] = [settingLine(key, "x"), settingLine(key, null)];
    for (const line of [given, removed]) expect(line).not.toEqual(settingLine("unknown", "x"));
    expect(given).not.toEqual(removed);
  });

  it("may be set by everybody, and everybody is informed", () => {
    expect({ setBy, visibleTo }).toEqual({ setBy: "everybody", visibleTo: "everybody" });
  });
});

it("reads as a line of structured text", () => {
  expect(settingLine("name", "Bees")).toEqual(["named the room ", { text: "Bees" }]);
  expect(settingLine("pin:42", true)).toEqual(["pinned ", { message: 42 }]);
  expect(settingLine("toString", 1)).toEqual(["changed a setting of the room"]);
});

it("[O5] lets a client read a setting that only a newer server knows", () => {
  const from = { id: "a", name: "Ada" };
  const payload = { key: "door", value: { is: "open" }, id: "1", seq: 4, at: 5, from };
  const frame = { type: "set", payload };
  expect(decodeDown(JSON.stringify(frame))).toEqual({ ok: true, frame });
});
