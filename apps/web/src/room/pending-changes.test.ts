import type { PendingMessage } from "@parley/client";
import { refusal, type EntryRequest } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { ada, ben, chat, deleted } from "./entries-for-tests.ts";
import { partEntries } from "./message.ts";
import { revise } from "./revise.ts";
import { isDeleted, pendingChangesOf, reactionsToBe, refusedChanges } from "./pending-changes.ts";

const queued = { is: "queued" } as const;
const failed = { is: "failed", refusal: refusal("unknown_target", "r") } as const;
let count = 0;

function waiting(frame: EntryRequest, state: PendingMessage["state"] = queued): PendingMessage {
  count += 1;
  return { id: `o${count}`, at: 0, frame, state };
}
const react = (
  target: string,
  emoji: string,
  on: boolean,
  state: PendingMessage["state"] = queued,
) => waiting({ type: "react", payload: { target, emoji, on } }, state);
const remove = (target: string, state: PendingMessage["state"] = queued) =>
  waiting({ type: "delete", payload: { target } }, state);

describe("the pending changes of a message", () => {
  it("are the last state of each emoji, and its deletion", () => {
    const deletion = remove("e2");
    const outgoing = [react("e1", "👍", true), react("e1", "👍", false), react("e1", "🎉", true)];
    const changes = pendingChangesOf([...outgoing, deletion], "e1");
    expect([...changes.reactions]).toEqual([
      ["👍", false],
      ["🎉", true],
    ]);
    expect(changes.deletion).toBeUndefined();
    expect(pendingChangesOf([deletion], "e2").deletion).toBe(deletion);
  });

  it("include its last edit, also a refused one, because its author wrote it", () => {
    const edit = (message: string) =>
      waiting({ type: "edit", payload: { target: "e1", message } }, failed);
    const outgoing = [edit("one"), edit("two")];
    expect(pendingChangesOf(outgoing, "e1").edit).toBe(outgoing[1]);
  });

  it("are the same object as long as nothing else is pending", () => {
    const outgoing = [react("e1", "👍", true)];
    expect(pendingChangesOf(outgoing, "e1")).toBe(pendingChangesOf(outgoing, "e1"));
    expect(pendingChangesOf(outgoing, "e9")).toBe(pendingChangesOf([], "e8"));
  });

  it("[D4] leave out what was refused, which is reported separately", () => {
    const outgoing = [react("e1", "👍", true, failed), remove("e1", failed)];
    expect(pendingChangesOf(outgoing, "e1")).toEqual(pendingChangesOf([], "e1"));
    const named = waiting({ type: "set", payload: { key: "name", value: "Bees" } }, failed);
    expect(refusedChanges([...outgoing, named, remove("e2")])).toEqual([...outgoing, named]);
  });
});

it("says that a message is deleted, in the log or soon", () => {
  const { batch, revisions } = partEntries([chat(1), chat(2), chat(3), deleted(4, 2)]);
  const messages = revise(batch, revisions);
  const outgoing = [remove("e3"), remove("e1", failed)];
  const gone = ["e1", "e2", "e3", "e4"].filter((id) => isDeleted({ messages, outgoing }, id));
  expect(gone).toEqual(["e2", "e3"]);
});

describe("reactions with pending ones", () => {
  const thumbs = [{ emoji: "👍", by: [ben] }];

  it("count oneself once, acknowledged or not", () => {
    const joined = [{ emoji: "👍", by: [ben, ada] }];
    expect(reactionsToBe(thumbs, new Map([["👍", true]]), ada)).toEqual(joined);
    expect(reactionsToBe(joined, new Map([["👍", true]]), ada)).toEqual(joined);
    expect(reactionsToBe(thumbs, new Map([["🎉", true]]), ada)).toEqual([
      ...thumbs,
      { emoji: "🎉", by: [ada] },
    ]);
  });

  it("lose an emoji when the last member removes it", () => {
    const own = [{ emoji: "👍", by: [ada] }];
    expect(reactionsToBe(own, new Map([["👍", false]]), ada)).toEqual([]);
    expect(reactionsToBe(thumbs, new Map([["👍", false]]), ada)).toEqual(thumbs);
    expect(reactionsToBe(thumbs, new Map([["🎉", false]]), ada)).toEqual(thumbs);
  });
});
