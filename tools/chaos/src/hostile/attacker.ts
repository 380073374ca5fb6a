import { pause } from "@parley/testkit/waiting";
import type { Chance } from "../chance.ts";
import type { Harm } from "./attack.ts";
import { HostileSocket } from "./hostile-socket.ts";

/** How long an attacker stays away that was refused or cut off, in ms. */
const AGAIN_AFTER_MS = 100;

/** One of those who attack, who has a socket at a time. */
export interface Attacker {
  readonly port: number;
  /** Its network address, as the proxy names it. */
  readonly address: string;
  readonly chance: Chance;
  /** What all of them do, counted. */
  readonly harm: Harm;
  isOver(): boolean;
}

/** The room that an address fills. */
export function floodedRoom({ address }: Attacker): string {
  return `flooded-${address.replaceAll(".", "-")}`;
}

/** The room in which all of them are. */
export const LARGE_ROOM = "hostile-large";

/** Comes again and again until it is over: being refused or cut off stops nobody. */
export async function again(attacker: Attacker, visit: () => Promise<void>): Promise<void> {
  while (!attacker.isOver()) {
    await visit().catch(() => {});
    await pause(AGAIN_AFTER_MS);
  }
}

/** Comes again and again with a socket of its own, and joins a room with it. */
export function inRoom(
  attacker: Attacker,
  roomId: string,
  visit: (socket: HostileSocket) => Promise<void>,
): Promise<void> {
  return again(attacker, async () => {
    const socket = await HostileSocket.open(attacker);
    try {
      await socket.join({ roomId });
      await visit(socket);
    } finally {
      socket.cut();
    }
  });
}

/** Does something at a steady rate while the socket is open and the attack lasts. */
export async function steadily(
  attacker: Attacker,
  socket: HostileSocket,
  everyMs: number,
  act: () => void,
): Promise<void> {
  while (socket.isOpen && !attacker.isOver()) {
    act();
    await pause(everyMs);
  }
}
