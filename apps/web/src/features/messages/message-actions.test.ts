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
const own = rowKey(ada.id, "e1");

describe("what can be done", () => {
  it("with one's own message is everything", () => {
    const target = actionTargetOf(standing([chat(1)]), own);
    expect(target && actionsFor(target)).toContain("edit");
    expect(target && actionsFor(target)).toContain("delete");
  });

  it("with that of somebody else leaves its text alone", () => {
    const target = actionTargetOf(standing([chat(1, { from: ben })]), rowKey(ben.id, "e1"));
    expect(target && actionsFor(target)).toEqual([
      "react",
      "reply",
      "copy-text",
      "copy-link",
      "pin",
    ]);
    expect(target && actionsFor(target, true)).toContain("unpin");
  });

  it("with one that is not in the log yet needs nobody else", () => {
    const outgoing = [waiting("o1", { type: "chat", payload: { message: "soon" } })];
    const target = actionTargetOf(standing([], outgoing), rowKey(ada.id, "o1"));
    expect(target).toMatchObject({ is: "waiting", text: "soon" });
    expect(target && actionsFor(target)).toEqual(["edit", "copy-text", "delete"]);
  });

  it("with one that was deleted is nothing, sent or not", () => {
    const deletion = waiting("d1", { type: "delete", payload: { target: "e1" } });
    expect(actionTargetOf(standing([chat(1), deleted(2, 1)]), own)).toBeUndefined();
    expect(actionTargetOf(standing([chat(1)], [deletion]), own)).toBeUndefined();
    expect(actionTargetOf(standing([chat(1)], [], ["e1"]), own)).toBeUndefined();
    expect(actionTargetOf(standing([]), own)).toBeUndefined();
  });
});

it("tells two people's messages of one id apart", () => {
  const room = standing([chat(1, { id: "x" }), chat(2, { id: "x", from: ben })]);
  expect(actionTargetOf(room, rowKey(ada.id, "x"))).toMatchObject({ mine: true, text: "m1" });
  expect(actionTargetOf(room, rowKey(ben.id, "x"))).toMatchObject({ mine: false, text: "m2" });
});

it("says what a message will say once its edits have arrived", () => {
  const edit = waiting("o2", { type: "edit", payload: { target: "e1", message: "better" } });
  expect(actionTargetOf(standing([chat(1)], [edit]), own)).toMatchObject({ text: "better" });
});
