import type { EntryFrame, Member, SetFrame, UnknownEntry } from "@parley/protocol";

/** Two members, for tests. */
export const ada: Member = { id: "ada-id", name: "Ada" };
export const ben: Member = { id: "ben-id", name: "Ben" };

type Fields<T extends EntryFrame["type"]> = Partial<Extract<EntryFrame, { type: T }>["payload"]>;

/** A chat entry, for tests; its id and time follow from its `seq`. */
export function chat(seq: number, fields: Fields<"chat"> = {}): EntryFrame {
  const payload = { id: `e${seq}`, seq, at: seq * 1000, from: ada, message: `m${seq}`, ...fields };
  return { type: "chat", payload };
}

/** An entry that changes the text of the message at `targetSeq`, for tests. */
export function edited(seq: number, targetSeq: number, message: string): EntryFrame {
  return { type: "edited", payload: { ...changeFields(seq, targetSeq), message } };
}

/** An entry that deletes the message at `targetSeq`, for tests. */
export function deleted(seq: number, targetSeq: number): EntryFrame {
  return { type: "deleted", payload: changeFields(seq, targetSeq) };
}

/** An entry that adds or removes a reaction, for tests. */
export function reacted(
  seq: number,
  targetSeq: number,
  emoji: string,
  on: boolean,
  from: Member = ben,
): EntryFrame {
  return { type: "reacted", payload: { ...changeFields(seq, targetSeq), emoji, on, from } };
}

function changeFields(seq: number, targetSeq: number) {
  return { id: `e${seq}`, seq, at: seq * 1000, from: ada, target: `e${targetSeq}`, targetSeq };
}

/** An entry that sets a setting, for tests. */
export function set(
  seq: number,
  key: string,
  value: unknown,
  fields: Partial<SetFrame["payload"]> = {},
): SetFrame {
  const payload = { id: `e${seq}`, seq, at: seq * 1000, from: ada, key, value, ...fields };
  return { type: "set", payload };
}

/** An entry of a kind that this version does not know, for tests. */
export function unknownEntry(seq: number): UnknownEntry {
  const fields = { id: `e${seq}`, seq, at: seq * 1000, from: ben };
  return { type: "unknown", payload: { ...fields, frame: { type: "later", payload: fields } } };
}
