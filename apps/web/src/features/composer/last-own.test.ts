import type { PendingMessage } from "@parley/client";
import { refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { ada, ben, chat, deleted } from "../../room/entries-for-tests.ts";
import { partEntries } from "../../room/message.ts";
import { revise } from "../../room/revise.ts";
import { changeLastOwn } from "./last-own.ts";

const { batch: messages } = partEntries([
  chat(1, { message: "first" }),
  chat(2, { message: "second" }),
  chat(3, { from: ben }),
]);
const written = (id: string, state: PendingMessage["state"]): PendingMessage => ({
  id,
  at: 0,
  frame: { type: "chat", payload: { message: id, id } },
  state,
});
const edit = (id: string, target: string, message: string): PendingMessage => ({
  id,
  at: 0,
  frame: { type: "edit", payload: { target, message, id } },
  state: { is: "queued" },
});

describe("one's own last message", () => {
  it("is edited by its id in the log", () => {
    expect(changeLastOwn(messages, [], ada.id)).toEqual({
      is: "editing",
      id: "e2",
      text: "second",
    });
  });

  it("is not a deleted one, and may be missing", () => {
    const { revisions } = partEntries([deleted(4, 2)]);
    expect(changeLastOwn(revise(messages, revisions), [], ada.id)).toMatchObject({ id: "e1" });
    expect(changeLastOwn(messages, [], "nobody")).toBeUndefined();
  });

  it("is edited while pending, too", () => {
    const outgoing = [written("w", { is: "queued" })];
    expect(changeLastOwn(messages, outgoing, ada.id)).toEqual({
      is: "editing",
      id: "w",
      text: "w",
    });
  });

  it("[D3] is amended under its id if it was refused", () => {
    const failed = { is: "failed", refusal: refusal("message_too_long") } as const;
    expect(changeLastOwn(messages, [written("w", failed)], ada.id)).toEqual({
      is: "amending",
      id: "w",
      text: "w",
    });
  });

  it("has the text of its last edit, acknowledged or not", () => {
    const outgoing = [edit("x", "e2", "third"), edit("y", "e2", "fourth"), edit("z", "e1", "no")];
    expect(changeLastOwn(messages, outgoing, ada.id)).toMatchObject({ text: "fourth" });
  });
});
