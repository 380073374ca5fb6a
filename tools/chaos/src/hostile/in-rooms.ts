import { randomBytes } from "node:crypto";
import { encode, MESSAGE_BYTES_MAX, MESSAGE_CHARS_MAX, PAGE_ENTRIES_MAX } from "@parley/protocol";
import { pause } from "@parley/testkit/waiting";
import { happens, oneOf } from "../chance.ts";
import { floodedRoom, inRoom, LARGE_ROOM, steadily, type Attacker } from "./attacker.ts";

/** What attackers do in rooms, as fast as the limits of one connection allow. */

/** Frames that are not durable: 10 a second. */
const SIGNAL_EVERY_MS = 100;
/** Messages: 5 a second. */
const CHAT_EVERY_MS = 200;
/** The share of joins that go to an unused room. */
const NEW_ROOMS = 0.1;

/** A message with the most characters and bytes. */
const LARGEST = "é".repeat(Math.min(MESSAGE_CHARS_MAX, MESSAGE_BYTES_MAX / 2));

const ASK = encode({ type: "history", payload: { limit: PAGE_ENTRIES_MAX } });

/** Requests pages of the flooded room, and reads none. */
export function asksAndReadsNothing(attacker: Attacker): Promise<void> {
  return inRoom(attacker, floodedRoom(attacker), (socket) => {
    socket.stopReading();
    return steadily(attacker, socket, SIGNAL_EVERY_MS, () => {
      if (socket.send(ASK)) attacker.harm.pages += 1;
    });
  });
}

/** Sends messages of the largest size. */
export function floods(attacker: Attacker): Promise<void> {
  const chat = encode({ type: "chat", payload: { message: LARGEST } });
  return inRoom(attacker, floodedRoom(attacker), (socket) =>
    steadily(attacker, socket, CHAT_EVERY_MS, () => {
      if (socket.send(chat)) attacker.harm.chats += 1;
    }),
  );
}

/** Sends frames that take long to decode to the large room. */
export function sendsDear(attacker: Attacker, dear: readonly string[]): Promise<void> {
  return inRoom(attacker, LARGE_ROOM, (socket) =>
    steadily(attacker, socket, CHAT_EVERY_MS, () => {
      if (socket.send(oneOf(attacker.chance, dear) ?? "")) attacker.harm.dear += 1;
    }),
  );
}

/** Joins as new members, changes names, types and leaves, in the large room. */
export function comesAndGoes(attacker: Attacker): Promise<void> {
  const { chance, harm } = attacker;
  return inRoom(attacker, LARGE_ROOM, async (socket) => {
    while (socket.isOpen && !attacker.isOver()) {
      const roomId = happens(chance, NEW_ROOMS) ? `new-${anyName()}` : LARGE_ROOM;
      await socket.join({ roomId, name: anyName(), token: randomBytes(16).toString("base64url") });
      const steps = [
        encode({ type: "typing", payload: { on: true } }),
        encode({ type: "rename", payload: { name: anyName() } }),
        encode({ type: "typing", payload: { on: false } }),
        encode({ type: "leave", payload: {} }),
      ];
      for (const step of steps) {
        await pause(SIGNAL_EVERY_MS);
        if (socket.send(step)) harm.moves += 1;
      }
    }
  });
}

function anyName(): string {
  return randomBytes(8).toString("hex");
}
