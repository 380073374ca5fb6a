import type { Member } from "@parley/protocol";
import type { Draft } from "../src/log/log.ts";

type Chat = Extract<Draft, { type: "chat" }>;

export const ann: Member = { id: "ann-1", name: "Ann" };
export const bob: Member = { id: "bob-1", name: "Bob" };

let ids = 0;

/** Something to say; every call has an id of its own unless one is given. */
export function chatDraft(message: string, payload: Partial<Chat["payload"]> = {}): Draft {
  ids += 1;
  const id = `id-${ids}`;
  return { type: "chat", payload: { message, id, at: 1_800_000_000_000, from: ann, ...payload } };
}

/** Gives a setting of the room a value; null removes it. */
export function setDraft(key: string, value: unknown, more: { expect?: number; id?: string } = {}) {
  ids += 1;
  const { id = `id-${ids}`, ...condition } = more;
  const payload = { key, value, id, at: 1_800_000_000_000, from: ann };
  return { type: "set", payload, ...condition } satisfies Draft;
}

/** Takes back the message at a `seq`. */
export function deleteDraft(targetSeq: number): Draft {
  ids += 1;
  const payload = { target: `m${targetSeq}`, targetSeq, id: `id-${ids}` };
  return { type: "deleted", payload: { ...payload, at: 1_800_000_000_000, from: ann } };
}

/** A reaction to a message: takes an id of its own, gives the draft. */
export function reactDraft(target: string): (id: string) => Draft {
  const payload = { target, targetSeq: 1, emoji: "👍", on: true };
  return (id) => ({
    type: "reacted",
    payload: { ...payload, id, at: 1_800_000_000_000, from: bob },
  });
}
