import { describe, expect, it } from "vitest";
import { ada, ben, chat, deleted, edited, reacted } from "./entries-for-tests.ts";
import { partEntries } from "./message.ts";
import { indexOfSeq, revise } from "./revise.ts";

function folded(...entries: Parameters<typeof partEntries>[0]) {
  const { batch, revisions } = partEntries(entries);
  return revise(batch, revisions);
}

describe("entries to messages", () => {
  it("makes a message of each chat entry, in their order", () => {
    const [first, second] = folded(chat(1), chat(2, { from: ben, replyTo: "e1", replyToSeq: 1 }));
    expect(first).toMatchObject({ id: "e1", seq: 1, from: ada, body: { is: "said", text: "m1" } });
    expect(first).not.toHaveProperty("replyTo");
    expect(second).toMatchObject({ from: ben, replyTo: { id: "e1", seq: 1 } });
  });

  it("shows the text of the last edit, and its time", () => {
    const [message] = folded(chat(1), edited(2, 1, "better"), edited(3, 1, "best"));
    expect(message?.body).toEqual({ is: "said", text: "best", editedAt: 3000 });
  });

  it("leaves a trace of a deleted message, without its reactions", () => {
    const [message] = folded(chat(1), reacted(2, 1, "👍", true), deleted(3, 1));
    expect(message?.body).toEqual({ is: "deleted", at: 3000 });
    expect(message?.reactions).toEqual([]);
  });

  it("groups reactions by emoji and counts a member once", () => {
    const [message] = folded(
      chat(1),
      reacted(2, 1, "👍", true, ben),
      reacted(3, 1, "👍", true, ada),
      reacted(4, 1, "👍", true, ben),
      reacted(5, 1, "🎉", true, ben),
    );
    expect(message?.reactions).toEqual([
      { emoji: "👍", by: [ada, ben] },
      { emoji: "🎉", by: [ben] },
    ]);
  });

  it("removes a reaction, and the emoji with the last of them", () => {
    const entries = [chat(1), reacted(2, 1, "👍", true), reacted(3, 1, "👍", false)];
    expect(folded(...entries)[0]?.reactions).toEqual([]);
    expect(folded(chat(1), reacted(2, 1, "👍", false))[0]?.reactions).toEqual([]);
  });
});

describe("an entry that the server should have refused", () => {
  it("is ignored if another member edits or deletes", () => {
    const byBen = [edited(2, 1, "mine now"), deleted(3, 1)].map((entry) => ({
      ...entry,
      payload: { ...entry.payload, from: ben },
    })) as Parameters<typeof partEntries>[0];
    expect(folded(chat(1), ...byBen)[0]?.body).toEqual({ is: "said", text: "m1" });
  });

  it("is ignored if it changes a deleted message", () => {
    const late = [edited(3, 1, "back again"), reacted(4, 1, "👍", true), deleted(5, 1)];
    const [message] = folded(chat(1), deleted(2, 1), ...late);
    expect(message?.body).toEqual({ is: "deleted", at: 2000 });
    expect(message?.reactions).toEqual([]);
  });
});

describe("revise", () => {
  it("returns the same array if no target is among the messages", () => {
    const { batch } = partEntries([chat(5)]);
    const { revisions } = partEntries([edited(6, 1, "?")]);
    expect(revise(batch, revisions)).toBe(batch);
    expect(revise(batch, [])).toBe(batch);
  });

  it("changes neither the array nor its messages", () => {
    const { batch } = partEntries([chat(1), chat(2)]);
    const before = structuredClone(batch);
    const after = revise(batch, partEntries([edited(3, 2, "new")]).revisions);
    expect(batch).toEqual(before);
    expect(after[0]).toBe(batch[0]);
    expect(after[1]?.body).toMatchObject({ text: "new" });
  });

  it("changes nothing if another entry is at the target's seq", () => {
    const { batch } = partEntries([chat(1, { id: "other" })]);
    expect(revise(batch, partEntries([edited(2, 1, "new")]).revisions)).toBe(batch);
  });

  it("finds a message among those with gaps between their seqs", () => {
    const { batch } = partEntries([chat(2), chat(5), chat(9), chat(10)]);
    expect([2, 5, 9, 10].map((seq) => indexOfSeq(batch, seq))).toEqual([0, 1, 2, 3]);
    expect([1, 3, 7, 11].map((seq) => indexOfSeq(batch, seq))).toEqual(Array(4).fill(undefined));
    expect(indexOfSeq([], 1)).toBeUndefined();
  });
});
