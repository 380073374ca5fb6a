import type { Refusal } from "@parley/protocol";
import type { PendingMessage } from "../events.ts";
import { ANNA, chat, chats } from "./entries.ts";
import { visit, type Visit } from "./visit.ts";

/** The texts that were sent on the newest socket since the last call. */
export function left({ socket }: Visit): string[] {
  return socket.readAll("chat").map(({ message }) => message);
}

/** The acknowledgement of one of Anna's messages. */
export function echo(seq: number, id: string) {
  return chat(seq, { id, from: ANNA });
}

/** The server refuses a request. */
export function refuse({ socket }: Visit, why: Refusal): void {
  socket.say({ type: "error", payload: why });
}

/** The pending messages: text and state. */
export function pending(room: Visit): readonly [string, PendingMessage["state"]["is"]][] {
  return room.pending.map(({ frame, state }) => [
    "message" in frame.payload ? frame.payload.message : "",
    state.is,
  ]);
}

/** In a room with three entries; the join is read. */
export async function inRoom(options: Parameters<typeof visit>[0] = {}): Promise<Visit> {
  const room = visit(options);
  await room.join({ entries: chats(1, 3) });
  room.socket.read();
  return room;
}
