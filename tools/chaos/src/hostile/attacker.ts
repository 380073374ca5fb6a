import { pause } from "@parley/testkit/waiting";
import type { Chance } from "../chance.ts";
import type { Harm } from "./attack.ts";
import { HostileSocket } from "./hostile-socket.ts";

/** How long an attacker stays away after a refusal or a disconnect, in ms. */
const AGAIN_AFTER_MS = 100;

/** An attacker, with one socket at a time. */
export interface Attacker {
  readonly port: number;
  /** Its network address, as the proxy reports it. */
  readonly address: string;
  readonly chance: Chance;
  /** The counts of all attackers together. */
  readonly harm: Harm;
  isOver(): boolean;
}

/** The room that an address floods. */
export function floodedRoom({ address }: Attacker): string {
  return `flooded-${address.replaceAll(".", "-")}`;
}

/** The room that all of them join. */
export const LARGE_ROOM = "hostile-large";

/** Visits again and again until the attack is over, also after refusals and disconnects. */
export async function again(attacker: Attacker, visit: () => Promise<void>): Promise<void> {
  while (!attacker.isOver()) {
    // oxlint-disable-next-line house/no-bare-catch -- an attack may end in any way; its harm is measured apart
    await visit().catch(() => {});
    await pause(AGAIN_AFTER_MS);
  }
}

/** Visits again and again with a new socket, and joins a room. */
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
