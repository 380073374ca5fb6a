import { beforeEach, describe, expect, it } from "vitest";
import { KnownConversations } from "./known-conversations.ts";

const ben = { id: "ben", name: "Ben" };
const chat = (seq: number) => {
  const payload = { message: `said ${seq}`, id: `m${seq}`, seq, at: seq, from: ben };
  return { type: "chat", payload } as const;
};
const joined = (more: object = {}) => {
  const rest = { epoch: "c1", head: 0, entries: [], recovered: false, missed: 0 };
  return { type: "joined", payload: { self: ben, ...rest, ...more } };
};
const within = (frame: object) => ({ with: ben, frame });
const passed = (frame: object) => ({ type: "private", payload: within(frame) });
const ring = (seq: number) => {
  return { type: "rang", payload: { seq, id: `m${seq}`, at: seq, from: ben } } as const;
};
const bell = (head: number, ...seqs: number[]) => {
  return { epoch: "b1", head, entries: seqs.map(ring), recovered: true, missed: seqs.length };
};

let known: KnownConversations;
beforeEach(() => {
  known = new KnownConversations();
  known.sent({ with: "ben", via: "m0", frame: { type: "join", payload: { ref: "join" } } });
});

describe("the conversations of a client over HTTP", () => {
  it("are opened again by every request, from what the client has", () => {
    const frame = { type: "join", payload: { ref: "join" } };
    expect(known.joins).toEqual([{ type: "private", payload: { with: "ben", via: "m0", frame } }]);
    const first = joined({ ref: "join", head: 2, entries: [chat(2)] });
    expect(known.heard(within(first), true)).toEqual([passed(first)]);
    expect(known.heard(within(chat(3)), true)).toEqual([passed(chat(3))]);
    const since = { epoch: "c1", seq: 3, id: "m3" };
    expect(known.joins).toMatchObject([{ payload: { frame: { payload: { since } } } }]);
    const again = joined({ head: 4, entries: [chat(4)], recovered: true, missed: 1 });
    expect(known.heard(within(again), true)).toEqual([passed(chat(4))]);
    expect(known.heard(within(again), true)).toEqual([]);
    expect(known.sent({ with: "ben", frame: { type: "leave", payload: {} } })).toBe("closes");
    expect(known.joins).toEqual([]);
    expect(known.heard(within(chat(5)), true)).toEqual([]);
  });

  it("are told of a reset, and end the connection if something would be missing", () => {
    known.heard(within(joined({ ref: "join" })), true);
    const reset = joined({ epoch: "c2", head: 1, entries: [chat(1)] });
    expect(known.heard(within(reset), true)).toEqual([passed(reset)]);
    const partial = joined({
      epoch: "c2",
      head: 9,
      entries: [chat(2)],
      recovered: true,
      missed: 8,
    });
    expect(known.heard(within(partial), true)).toBe("broken");
    expect(known.heard(within(partial), false)).toEqual([passed(chat(2))]);
  });

  it("are closed by a refusal, which the client gets", () => {
    const payload = { code: "unknown_member", message: "No.", temporary: false, ref: "join" };
    const refused = { type: "error", payload };
    expect(known.heard(within(refused), true)).toEqual([passed(refused)]);
    expect(known.joins).toEqual([]);
    known.sent({ with: "ben", frame: { type: "join", payload: {} } });
    known.heard(within(joined()), true);
    expect(known.heard(within(refused), true)).toBe("broken");
  });

  it("get a new entry in its place, and from an answer only older ones", () => {
    known.heard(within(joined({ head: 2, entries: [chat(2)] })), true);
    expect(known.answered(within(chat(3)))).toEqual([]);
    expect(known.answered(within(chat(1)))).toEqual([passed(chat(1))]);
    const payload = { code: "not_author", message: "No.", temporary: false };
    const refused = { type: "error", payload };
    expect(known.answered(within(refused))).toEqual([passed(refused)]);
  });
});

describe("the bell of a client over HTTP", () => {
  it("[W4] is continued by every request", () => {
    known.joined(bell(2), { epoch: "b1", seq: 2, id: "m2" });
    expect(known.bell).toEqual({ epoch: "b1", seq: 2, id: "m2" });
    expect(known.rang(ring(3))).toEqual([ring(3)]);
    expect(known.joinedAgain(bell(4, 3, 4))).toEqual([ring(4)]);
    expect(known.bell).toEqual({ epoch: "b1", seq: 4, id: "m4" });
    expect(known.joinedAgain({ ...bell(1, 1), recovered: false })).toBe("broken");
  });

  it("is none for a client that did not ask", () => {
    known.joined(undefined, undefined);
    expect(known.bell).toBeUndefined();
    expect(known.joinedAgain(undefined)).toEqual([]);
  });
});
