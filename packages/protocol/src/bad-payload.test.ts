import { describe, expect, it } from "vitest";
import { decodeUp } from "./codec.ts";
import { upPayloads } from "./up.ts";

type Payload = Readonly<Record<string, unknown>>;

const since = { epoch: "e", seq: 1, id: "a" };
const file = { id: "a".repeat(22), name: "cat.png", type: "image/png", size: 1 };
const picture = { ...file, w: 1, h: 1, ms: 1, peaks: "1", tint: "#000000", thumb: true };
const chat = { message: "hi", files: [picture], id: "a", replyTo: "b" };

/** A frame of each type, with all fields that it may have. */
const payloads: Readonly<Record<keyof typeof upPayloads, readonly Payload[]>> = {
  join: [{ roomId: "1", name: "Ada", token: "a".repeat(22), since, bell: { since } }],
  leave: [{}],
  chat: [chat],
  edit: [{ target: "a", message: "hi", id: "b" }],
  delete: [{ target: "a", id: "b" }],
  react: [{ target: "a", emoji: "👍", on: true, id: "b" }],
  set: [{ key: "name", value: "Bees", id: "a", expect: 1 }],
  typing: [{ on: true }],
  rename: [{ name: "Ada" }],
  history: [{ before: 1, limit: 1 }, { after: 1 }],
  ping: [{}],
  file: [{ name: "cat.png", message: "hi", id: "a" }],
  private: [
    { type: "join", payload: { since } },
    { type: "chat", payload: chat },
    { type: "edit", payload: { target: "a", message: "hi", id: "b" } },
    { type: "delete", payload: { target: "a", id: "b" } },
    { type: "react", payload: { target: "a", emoji: "👍", on: true, id: "b" } },
    { type: "typing", payload: { on: true } },
    { type: "history", payload: { after: 1, limit: 1 } },
  ].map((frame) => ({ with: "ben", via: "a", frame })),
};
const frames = Object.entries(payloads).flatMap(([type, each]) =>
  each.map((payload) => ({ type, payload: { ref: "r", ...payload } })),
);

/** The paths of all fields in a value, those of nested ones too. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner = Object.entries(typeof value === "object" && value !== null ? value : {});
  return inner.flatMap(([name, field]) => {
    const here = [...path, name];
    return [here, ...pathsIn(field, here)];
  });
}

/** A copy in which the field at a path has another value; undefined: it is missing. */
function changed(value: unknown, [name = "", ...inner]: readonly string[], to: unknown): unknown {
  const field = (value as Payload)[name];
  const next = inner.length === 0 ? to : changed(field, inner, to);
  if (Array.isArray(value)) return value.with(Number(name), next ?? null);
  return { ...(value as Payload), [name]: next };
}

describe("bad_payload", () => {
  it.each(frames)("names the field that is missing or wrong: $type $payload", (frame) => {
    const { type, payload } = frame;
    expect(decodeUp(JSON.stringify(frame))).toEqual({ ok: true, frame });
    for (const path of pathsIn(payload)) {
      for (const wrong of [undefined, null, true, "", "x y", -1, 0.5, 1e300, [], [1], {}]) {
        const text = JSON.stringify({ type, payload: changed(payload, path, wrong) });
        const decoded = decodeUp(text);
        if (decoded.ok || decoded.refusal.code !== "bad_payload") continue;
        expect(decoded.refusal.message, text).toContain(`Field "${path.join(".")}`);
      }
    }
  });

  it("is checked for every field of every type", () => {
    for (const [type, { entries }] of Object.entries(upPayloads)) {
      const all = frames.filter((frame) => frame.type === type);
      const checked = new Set(all.flatMap(({ payload }) => Object.keys(payload)));
      expect([...checked].toSorted(), type).toEqual(Object.keys(entries).toSorted());
    }
  });
});
