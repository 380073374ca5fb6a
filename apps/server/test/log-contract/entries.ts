import type { EntryFrame } from "@parley/protocol";
import type { Draft, RoomLog } from "../../src/log/log.ts";
import { chatDraft } from "../drafts.ts";

export const seqOf = (entry: EntryFrame | undefined) => entry?.payload.seq;
export const seqsOf = (entries: readonly EntryFrame[]) => entries.map(({ payload }) => payload.seq);
export const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

/** Appends and gives the entry; fails if the log did not take it as new. */
export async function added(log: RoomLog, draft: Draft, roomId = "lobby"): Promise<EntryFrame> {
  const appended = await log.append(roomId, draft);
  if (appended.is !== "new") throw new Error(`The draft was a ${appended.is}.`);
  return appended.entry;
}

/** Appends chats with the ids `m1`, `m2` and so on, all at once: they get their seqs in this order. */
export function fill(log: RoomLog, count: number): Promise<EntryFrame[]> {
  return Promise.all(upTo(count).map((seq) => added(log, chatDraft(`${seq}`, { id: `m${seq}` }))));
}

/** One of each kind, with what is hard to keep: controls, marks, emoji, line ends, quotes. */
export function everyKind(): Draft[] {
  const message = "\u0001 \"q\" 'q' \\ \u2028 é e\u0301 👩‍👩‍👧 \ud83c\udff4 %s $1 \n end";
  const said = { at: 1_800_000_000_000, from: { id: "ann-1", name: 'Ann "A" 🐝' } };
  return [
    { type: "chat", payload: { message, id: "1", ...said } },
    { type: "chat", payload: { message, id: "2", ...said, replyTo: "1", replyToSeq: 1 } },
    { type: "edited", payload: { target: "1", targetSeq: 1, message, id: "3", ...said } },
    { type: "deleted", payload: { target: "2", targetSeq: 2, id: "4", ...said } },
    {
      type: "reacted",
      payload: { target: "1", targetSeq: 1, emoji: "👍", on: true, id: "5", ...said },
    },
    {
      type: "reacted",
      payload: { target: "1", targetSeq: 1, emoji: "👍", on: false, id: "6", ...said },
    },
    { type: "set", payload: { key: "name", value: message, id: "7", ...said } },
    { type: "set", payload: { key: "name", value: null, id: "8", ...said } },
    {
      type: "chat",
      payload: {
        message,
        id: "9",
        at: said.at,
        from: { id: "hook-1", name: "builds", hook: true },
      },
    },
  ];
}
