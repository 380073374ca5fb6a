import type { EntryFrame, EntryRequest, Member, UpPayload } from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { ann, bob, chatDraft } from "../../test/drafts.ts";
import { decide, targetOf } from "./decide.ts";
import { lookUp } from "./look-up.ts";

const AT = 1_800_000_000_000;
let log: MemoryLog;

/** The log has a message `m1` of Ann's, and one of Bob's with the id `both` after Ann's. */
beforeEach(async () => {
  log = new MemoryLog();
  await log.append("lobby", chatDraft("hello", { id: "m1" }));
  await log.append("lobby", chatDraft("mine", { id: "both" }));
  await log.append("lobby", chatDraft("mine too", { id: "both", from: bob }));
});

/** What a frame adds to the log, or the code and `ref` of why it adds nothing. */
async function draft(request: EntryRequest, actor: Member = ann, room = log) {
  const known = await lookUp(request, actor, (target) => room.find("lobby", target));
  const decision = decide(actor, { request, at: AT, known });
  if (decision.ok) return decision.draft;
  const { code, ref } = decision.refusal;
  return ref === undefined ? code : `${code} ${ref}`;
}

/** The same for a request that is accepted. */
async function accepted(...asked: Parameters<typeof draft>) {
  const drafted = await draft(...asked);
  if (typeof drafted === "string") throw new Error(drafted);
  return drafted;
}

const edit = (payload: UpPayload<"edit">): EntryRequest => ({ type: "edit", payload });
const remove = (payload: UpPayload<"delete">): EntryRequest => ({ type: "delete", payload });

describe("what a frame adds to the log", () => {
  it("a chat is what was said, by whom and when", async () => {
    const said = { type: "chat", payload: { message: "hi", id: "x" } } as const;
    const expected = { type: "chat", payload: { message: "hi", id: "x", at: AT, from: ann } };
    expect(decide(ann, { request: said, at: AT, known: {} })).toEqual({
      ok: true,
      draft: expected,
    });
    expect(await draft(said)).toEqual(expected);
  });

  it("a request without an id gets one", async () => {
    const said = { type: "chat", payload: { message: "hi" } } as const;
    const one = (await accepted(said)).payload.id;
    const other = (await accepted(said)).payload.id;
    expect(one).toMatch(/^[\w-]{36}$/);
    expect(other).toMatch(/^[\w-]{36}$/);
    expect(other).not.toBe(one);
  });

  it("an answer names the message that it answers, and where it stands", async () => {
    const frame = { type: "chat", payload: { message: "yes", id: "x", replyTo: "both" } } as const;
    expect(targetOf(frame)).toBe("both");
    expect(await draft(frame)).toEqual({
      type: "chat",
      payload: { message: "yes", id: "x", at: AT, from: ann, replyTo: "both", replyToSeq: 2 },
    });
  });

  it("an edit replaces one's own message, also if another member used the same id", async () => {
    expect(await draft(edit({ target: "both", message: "ours", id: "x" }), bob)).toEqual({
      type: "edited",
      payload: { target: "both", targetSeq: 3, message: "ours", id: "x", at: AT, from: bob },
    });
  });

  it("an edit names a message whose kind can be edited", async () => {
    const request = edit({ target: "m1", message: "hi" });
    const target = { type: "edited", payload: { target: "m0", targetSeq: 1, message: "hello" } };
    const entry = {
      ...target,
      payload: { ...target.payload, id: "m1", seq: 2, at: AT, from: ann },
    };
    const known = { target: entry as EntryFrame };
    const decided = decide(ann, { request, at: AT, known });
    expect(decided).toMatchObject({ ok: false, refusal: { code: "unknown_target" } });
  });

  it("a delete removes one's own message", async () => {
    expect(await draft(remove({ target: "m1", id: "x" }))).toEqual({
      type: "deleted",
      payload: { target: "m1", targetSeq: 1, id: "x", at: AT, from: ann },
    });
  });

  it("a reaction goes to anybody's message", async () => {
    const payload = { target: "m1", emoji: "👍", on: true, id: "x" };
    expect(await draft({ type: "react", payload }, bob)).toEqual({
      type: "reacted",
      payload: { ...payload, targetSeq: 1, at: AT, from: bob },
    });
  });

  it("a member cannot change another member's message", async () => {
    expect(await draft(edit({ target: "m1", message: "ha", id: "x" }), bob)).toBe("not_author x");
    expect(await draft(remove({ target: "m1", id: "x" }), bob)).toBe("not_author x");
  });

  it("refuses a request about a message that does not exist", async () => {
    const target = "m9";
    expect(await draft(edit({ target, message: "ha", id: "x" }))).toBe("unknown_target x");
    expect(await draft(remove({ target, id: "x" }))).toBe("unknown_target x");
    expect(await draft({ type: "react", payload: { target, emoji: "👍", on: true } })).toBe(
      "unknown_target",
    );
    expect(await draft({ type: "chat", payload: { message: "yes", replyTo: target } })).toBe(
      "unknown_target",
    );
  });

  it("no request can refer to an edit, a deletion or a reaction", async () => {
    await log.append("lobby", await accepted(edit({ target: "m1", message: "hello!", id: "e1" })));
    expect(await draft(remove({ target: "e1", id: "x" }))).toBe("unknown_target x");
  });

  it("[D2] [D3] what came before is the log's to judge, also if its target is trimmed", async () => {
    const short = new MemoryLog(2);
    await short.append("lobby", chatDraft("hello", { id: "m1" }));
    const react = (on: boolean) =>
      accepted({ type: "react", payload: { target: "m1", emoji: "👍", on, id: "r1" } }, bob, short);
    await short.append("lobby", await react(true));
    await short.append("lobby", chatDraft("bye"));
    expect(await short.find("lobby", { id: "m1" })).toBeUndefined();

    expect(await short.append("lobby", await react(true))).toMatchObject({
      is: "repeat",
      entry: { payload: { seq: 2, targetSeq: 1 } },
    });
    expect(await short.append("lobby", await react(false))).toEqual({ is: "conflict" });
  });

  it("a setting keeps what it was given, and is added only as the request expects", async () => {
    const payload = { key: "topic", value: "Tea", id: "x" };
    const expected = { type: "set", payload: { ...payload, at: AT, from: ann } };
    expect(await draft({ type: "set", payload })).toEqual(expected);
    expect(await draft({ type: "set", payload: { ...payload, expect: 0 } })).toEqual({
      ...expected,
      expect: 0,
    });
  });
});
