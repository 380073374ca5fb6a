import type { PendingMessage } from "@parley/client";
import { describe, expect, it } from "vitest";
import { ada, ben, chat, deleted } from "../../room/entries-for-tests.ts";
import { partEntries } from "../../room/message.ts";
import { revise } from "../../room/revise.ts";
import { rowKey } from "./active-row.ts";
import { actionsFor, actionTargetOf } from "./message-actions.ts";

function standing(
  entries: Parameters<typeof partEntries>[0],
  outgoing: readonly PendingMessage[] = [],
  undoable: readonly string[] = [],
) {
  const { batch, revisions } = partEntries(entries);
  const people = { self: ada, members: [ada, ben], count: 2 };
  return { messages: revise(batch, revisions), outgoing, people, undoable: new Set(undoable) };
}
const waiting = (id: string, frame: PendingMessage["frame"]): PendingMessage => ({
  id,
  at: 0,
  frame,
  state: { is: "queued" },
});
const own = rowKey(undefined, "e1");

describe("the actions", () => {
  it("on one's own message are all", () => {
    const target = actionTargetOf(standing([chat(1)]), own);
    expect(target && actionsFor(target)).toContain("edit");
    expect(target && actionsFor(target)).toContain("delete");
  });

  it("on another member's message do not change its text", () => {
    const target = actionTargetOf(standing([chat(1, { from: ben })]), rowKey(ben.id, "e1"));
    expect(target && actionsFor(target)).toEqual([
      "react",
      "reply",
      "copy-text",
      "copy-link",
      "pin",
      "private",
    ]);
    expect(target && actionsFor(target, false, true)).toEqual(["react", "reply", "copy-text"]);
    expect(target && actionsFor(target, true)).toContain("unpin");
  });

  it("on a pending message are those that need no other member", () => {
    const outgoing = [waiting("o1", { type: "chat", payload: { message: "soon" } })];
    const target = actionTargetOf(standing([], outgoing), rowKey(undefined, "o1"));
    expect(target).toMatchObject({ is: "waiting", text: "soon" });
    expect(target && actionsFor(target)).toEqual(["edit", "copy-text", "delete"]);
  });

  it("on a deleted message are none, sent or not", () => {
    const deletion = waiting("d1", { type: "delete", payload: { target: "e1" } });
    expect(actionTargetOf(standing([chat(1), deleted(2, 1)]), own)).toBeUndefined();
    expect(actionTargetOf(standing([chat(1)], [deletion]), own)).toBeUndefined();
    expect(actionTargetOf(standing([chat(1)], [], ["e1"]), own)).toBeUndefined();
    expect(actionTargetOf(standing([]), own)).toBeUndefined();
  });
});

it("distinguishes messages of two members with one id", () => {
  const room = standing([chat(1, { id: "x" }), chat(2, { id: "x", from: ben })]);
  expect(actionTargetOf(room, rowKey(undefined, "x"))).toMatchObject({ mine: true, text: "m1" });
  expect(actionTargetOf(room, rowKey(ben.id, "x"))).toMatchObject({ mine: false, text: "m2" });
});

it("gives the text of a message after its pending edits", () => {
  const edit = waiting("o2", { type: "edit", payload: { target: "e1", message: "better" } });
  expect(actionTargetOf(standing([chat(1)], [edit]), own)).toMatchObject({ text: "better" });
});
