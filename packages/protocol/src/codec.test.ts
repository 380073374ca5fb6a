import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeDown, decodeUp, encode, errorFrame } from "./codec.ts";
import { QUOTED_CHARS_MAX } from "./limits.ts";
import { rereadEntries } from "./reader.ts";
import { refusal, type RefusalCode } from "./refusal.ts";
import { upPayloads } from "./up.ts";

const frameOf = (text: string) => {
  const decoded = decodeUp(text);
  return decoded.ok ? decoded.frame : decoded.refusal.code;
};
const up = (type: string, payload: unknown) => frameOf(JSON.stringify({ type, payload }));

/** A frame with this many objects and fields. */
function frameOfParts(parts: number): string {
  // The frame, its two fields and the payload are four, and the list is two.
  return `{"type":"ping","payload":{"x":[${Array(parts - 6)
    .fill("{}")
    .join(",")}]}}`;
}

describe("a frame from a client", () => {
  it("decodes the minimal frames that plain clients write", () => {
    expect(frameOf('{"type":"join","payload":{"roomId":"123"}}')).toEqual({
      type: "join",
      payload: { roomId: "123" },
    });
    expect(frameOf('{"type":"chat","payload":{"message":"hi there"}}')).toEqual({
      type: "chat",
      payload: { message: "hi there" },
    });
  });

  it("may omit a payload that has no fields", () => {
    expect(frameOf('{"type":"ping"}')).toEqual({ type: "ping", payload: {} });
    expect(frameOf('{"type":"leave","payload":null}')).toEqual({ type: "leave", payload: {} });
  });

  it("drops unknown fields", () => {
    expect(up("chat", { message: "hi", seq: 7, __proto__: { admin: true } })).toEqual({
      type: "chat",
      payload: { message: "hi" },
    });
    const polluting = '{"type":"chat","payload":{"message":"hi","__proto__":{"admin":true}}}';
    const frame = frameOf(polluting);
    expect(frame).toEqual({ type: "chat", payload: { message: "hi" } });
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  it("matches rooms without regard to case", () => {
    expect(up("join", { roomId: "Class-5B" })).toMatchObject({ payload: { roomId: "class-5b" } });
  });

  it.each<[string, string, RefusalCode]>([
    ["no JSON", "hi there", "bad_json"],
    ["an empty frame", "", "bad_json"],
    ["cut-off JSON", '{"type":"chat"', "bad_json"],
    ["an array", "[]", "bad_frame"],
    ["null", "null", "bad_frame"],
    ["no type", '{"payload":{}}', "bad_frame"],
    ["a type that is no string", '{"type":1}', "bad_frame"],
    ["a payload that is no object", '{"type":"chat","payload":"hi"}', "bad_frame"],
    ["a payload that is an array", '{"type":"chat","payload":["hi"]}', "bad_frame"],
    ["an unknown type", '{"type":"shout","payload":{}}', "unknown_type"],
    ["a type of Object's own", '{"type":"constructor","payload":{}}', "unknown_type"],
    ["a type of the other direction", '{"type":"joined","payload":{}}', "unknown_type"],
    [
      "deep nesting",
      `{"type":"chat","payload":{"message":"hi","x":${"[".repeat(15)}${"]".repeat(15)}}}`,
      "too_deep",
    ],
    [
      "very deep nesting",
      `{"type":"chat","payload":{"message":"hi","x":${"[".repeat(7000)}${"]".repeat(7000)}}}`,
      "too_deep",
    ],
    ["257 parts", frameOfParts(257), "bad_frame"],
    ["nothing but parts", `{"type":"ping","payload":[${"{},".repeat(5_000)}0]}`, "bad_frame"],
  ])("is refused for %s", (_what, text, code) => {
    expect(frameOf(text)).toBe(code);
  });

  it.each<[string, unknown, RefusalCode]>([
    ["join", {}, "bad_payload"],
    ["join", { roomId: 123 }, "bad_room"],
    ["join", { roomId: "" }, "bad_room"],
    ["join", { roomId: "a b" }, "bad_room"],
    ["join", { roomId: "zürich" }, "bad_room"],
    ["join", { roomId: "x".repeat(65) }, "bad_room"],
    ["join", { roomId: "1", name: " \t " }, "bad_name"],
    ["join", { roomId: "1", name: "\u202e\u200f" }, "bad_name"],
    ["join", { roomId: "1", name: "\u200b" }, "bad_name"],
    ["join", { roomId: "1", name: "x".repeat(33) }, "bad_name"],
    ["join", { roomId: "1", name: "\ud800" }, "bad_name"],
    ["join", { roomId: "1", name: "a".padEnd(257) }, "bad_name"],
    ["join", { roomId: "1", token: "short" }, "bad_token"],
    ["join", { roomId: "1", since: { epoch: "e", seq: -1 } }, "bad_payload"],
    ["join", { roomId: "1", since: { epoch: "e", seq: 0.5 } }, "bad_payload"],
    ["chat", {}, "bad_payload"],
    ["chat", { message: 5 }, "bad_payload"],
    ["chat", { message: "" }, "message_empty"],
    ["chat", { message: " \n " }, "message_empty"],
    ["chat", { message: "x".repeat(4001) }, "message_too_long"],
    ["chat", { message: "€".repeat(2731) }, "message_too_long"],
    ["chat", { message: "half \ud83d" }, "not_unicode"],
    ["chat", { message: "hi", id: "" }, "bad_id"],
    ["chat", { message: "hi", id: "x".repeat(65) }, "bad_id"],
    ["chat", { message: "hi", id: "a b" }, "bad_id"],
    ["react", { target: "a", emoji: "thumbs", on: true }, "bad_emoji"],
    ["react", { target: "a", emoji: "👍👍", on: true }, "bad_emoji"],
    ["typing", { on: "yes" }, "bad_payload"],
    ["rename", { name: "" }, "bad_name"],
    ["history", { limit: 0 }, "bad_payload"],
    ["history", { limit: 201 }, "bad_payload"],
    ["history", { before: 1, after: 1 }, "bad_payload"],
  ])("%s %j is refused", (type, payload, code) => {
    expect(up(type, payload)).toBe(code);
  });

  it.each<[string, unknown]>([
    ["join", { roomId: "x".repeat(64), name: "👩‍🚀".repeat(10) }],
    ["join", { roomId: "1", name: "a".padEnd(256) }],
    ["join", { roomId: "1", name: "\u03b1\u0313\u0300\u0345".repeat(32) }],
    ["join", { roomId: "1", since: { epoch: "e", seq: 0 } }],
    ["chat", { message: "x".repeat(4000) }],
    ["chat", { message: "😀".repeat(2048) }],
    ["chat", { message: "<script>alert(1)</script>", id: "a.b:c-d_e" }],
    ["react", { target: "a", emoji: "👨‍👩‍👧‍👦", on: true }],
    ["react", { target: "a", emoji: "🏴󠁧󠁢󠁳󠁣󠁴󠁿", on: false }],
    ["history", { before: 10, limit: 200 }],
  ])("%s is taken at its limit", (type, payload) => {
    expect(up(type, payload)).toMatchObject({ type });
  });

  it("keeps a message exactly as it was written", () => {
    const message = "  two\nlines\u202e and \u0000 all ";
    expect(up("chat", { message })).toMatchObject({ payload: { message } });
  });

  it("trims a name, normalises it and removes bidi controls", () => {
    expect(up("rename", { name: " Ze\u0301\u202e\u0007 " })).toMatchObject({
      payload: { name: "Zé" },
    });
  });

  it("[D4] is refused with its id as the ref", () => {
    const decoded = decodeUp('{"type":"chat","payload":{"message":"","id":"m1"}}');
    expect(decoded).toEqual({ ok: false, refusal: refusal("message_empty", "m1") });
  });

  it.each(Object.keys(upPayloads))("%s may have a ref, and is refused with it", (type) => {
    const whole: Record<string, object> = {
      join: { roomId: "1" },
      chat: { message: "hi" },
      edit: { target: "a", message: "hi" },
      delete: { target: "a" },
      react: { target: "a", emoji: "👍", on: true },
      typing: { on: true },
      rename: { name: "Ann" },
      set: { key: "name", value: "Bees" },
      private: { with: "ben", frame: { type: "leave" } },
    };
    const payload = { ...whole[type], id: "m1" };
    for (const ref of ["r", "a.b:c-d_e", "x".repeat(64)]) {
      expect(up(type, { ...payload, ref })).toMatchObject({ type, payload: { ref } });
    }
    for (const ref of ["", "x".repeat(65), "a b", "ä", 1, null, {}]) {
      const decoded = decodeUp(JSON.stringify({ type, payload: { ...payload, ref } }));
      expect(decoded).toMatchObject({ ok: false, refusal: refusal("bad_ref", "m1") });
    }
    expect(up(type, payload)).not.toHaveProperty("payload.ref");
  });

  it("is refused with its ref, or else its id, if one can be read", () => {
    const refused = (type: string, payload: object) => {
      const decoded = decodeUp(JSON.stringify({ type, payload }));
      return decoded.ok ? undefined : decoded.refusal.ref;
    };
    expect(refused("chat", { message: "", id: "m1", ref: "r1" })).toBe("r1");
    expect(refused("chat", { message: "", ref: "r1" })).toBe("r1");
    expect(refused("shout", { ref: "r1" })).toBe("r1");
    expect(refused("chat", { message: "", id: "m1", ref: " " })).toBe("m1");
    expect(refused("chat", { message: "", ref: " " })).toBeUndefined();
  });

  it("may have 256 parts, and nest 16 deep", () => {
    expect(frameOf(frameOfParts(256))).toEqual({ type: "ping", payload: {} });
    const nested = `{"type":"ping","payload":{"x":${"[".repeat(14)}${"]".repeat(14)}}}`;
    expect(frameOf(nested)).toEqual({ type: "ping", payload: {} });
  });

  it("[D4] is refused with its id as the ref when it nests too deeply", () => {
    const payload = { id: "m1", x: JSON.parse(`${"[".repeat(15)}${"]".repeat(15)}`) as unknown };
    const decoded = decodeUp(JSON.stringify({ type: "chat", payload }));
    expect(decoded).toEqual({ ok: false, refusal: refusal("too_deep", "m1") });
  });

  it("is quoted only in part in the refusal", () => {
    for (const on of ["", "x"].map((odd) => `xxx${odd}${"😀".repeat(1_000)}`)) {
      const decoded = decodeUp(JSON.stringify({ type: "typing", payload: { on } }));
      const message = decoded.ok ? "" : decoded.refusal.message;
      expect(message).toContain("xxx");
      expect(message.length).toBeLessThanOrEqual(
        QUOTED_CHARS_MAX + `Field "on" is wrong: .`.length,
      );
      expect(message.isWellFormed()).toBe(true);
    }
  });

  it("names the field that is wrong", () => {
    const decoded = decodeUp('{"type":"typing","payload":{}}');
    expect(decoded).toMatchObject({ refusal: { message: expect.stringContaining('"on"') } });
  });
});

describe("the codec", () => {
  it("never throws, for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), anyFrame()), (text) => {
        decodeUp(text);
        decodeDown(text);
      }),
    );
  });

  it("reads what it writes", () => {
    const frame = errorFrame(refusal("rate_limited", "m1"));
    expect(decodeDown(encode(frame))).toEqual({ ok: true, frame });
  });
});

function anyFrame() {
  const type = fc.constantFrom("join", "chat", "edit", "react", "history", "typing", "joined");
  return fc.tuple(type, fc.jsonValue()).map(([t, payload]) => JSON.stringify({ type: t, payload }));
}

describe("[O5] an entry of an unknown kind", () => {
  const fields = { id: "p-2", seq: 2, at: 2, from: { id: "ben", name: "Ben" } };
  const later = { type: "later", payload: { ...fields, question: "Where?", options: ["a", "b"] } };
  const chat = { type: "chat", payload: { ...fields, id: "c-1", seq: 1, message: "hi" } };
  const read = (type: string, payload: unknown) => {
    const decoded = decodeDown(JSON.stringify({ type, payload }));
    return decoded.ok ? decoded.frame : "skipped";
  };
  const unknown = { type: "unknown", payload: { ...fields, frame: later } };
  const page = { epoch: "e", head: 2, more: false };
  const place = { roomId: "lobby", self: fields.from, token: "t", members: [], count: 1 };
  const joined = { ...place, epoch: "e", head: 2, recovered: false, missed: 0 };

  it("keeps its place among live entries, in a page and in a join", () => {
    expect(read("later", later.payload)).toEqual(unknown);
    const entries = [chat, later];
    const kept = { payload: { entries: [chat, unknown] } };
    expect(read("history", { ...page, entries })).toMatchObject(kept);
    expect(read("joined", { ...joined, entries })).toMatchObject(kept);
  });

  it("is read again by a version that knows its kind", () => {
    const kept = { type: "unknown", payload: { ...fields, frame: { ...chat } } } as const;
    expect(rereadEntries([kept])).toEqual([chat]);
    expect(rereadEntries([unknown] as never)).toEqual([unknown]);
    expect(rereadEntries([{ type: "chat", payload: { seq: "?" } }] as never)).toBeUndefined();
  });

  it("needs all the fields of an entry; other frames of an unknown type are skipped", () => {
    for (const field of Object.keys(fields)) {
      expect(read("later", { ...later.payload, [field]: undefined }), field).toBe("skipped");
    }
    const entries = [{ type: "later", payload: {} }];
    expect(read("history", { ...page, entries })).toBe("skipped");
  });

  it("does not excuse wrong fields of a known kind", () => {
    expect(read("chat", fields)).toBe("skipped");
    const entries = [{ type: "chat", payload: fields }];
    expect(read("history", { ...page, entries })).toBe("skipped");
  });
});
