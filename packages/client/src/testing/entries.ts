import type { DownPayload, EntryFrame, Member } from "@parley/protocol";

export const ANNA: Member = { id: "anna", name: "Anna" };
export const BEN: Member = { id: "ben", name: "Ben" };

/** A chat entry of a room's log. */
export function chat(
  seq: number,
  fields: Partial<DownPayload<"chat">> = {},
): Extract<EntryFrame, { type: "chat" }> {
  return {
    type: "chat",
    payload: { message: `Message ${seq}`, id: `entry-${seq}`, seq, at: seq, from: BEN, ...fields },
  };
}

/** Entries from one `seq` to another, both included. */
export function chats(from: number, to: number): EntryFrame[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => chat(from + index));
}

/** The answer to Anna's join, as a room with this log would send it. */
export function joinedWith(fields: Partial<DownPayload<"joined">> = {}): DownPayload<"joined"> {
  const entries = fields.entries ?? [];
  return {
    roomId: "lobby",
    self: ANNA,
    token: "aaaaaaaaaaaaaaaaaaaaaa",
    epoch: "epoch-1",
    head: entries.at(-1)?.payload.seq ?? 0,
    members: [ANNA],
    count: 1,
    entries,
    recovered: false,
    missed: 0,
    ...fields,
  };
}
