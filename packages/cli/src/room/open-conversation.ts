import type { Member } from "@parley/protocol";
import {
  createPrivateRoomClient,
  type PrivateRoomClient,
  type Writer,
} from "@parley/client/private";
import { ExitCode } from "../exit-code.ts";
import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import { roomOptions, type OpenRoom, type RoomTarget } from "./open-room.ts";
import { noteUnreached } from "./unreached.ts";
import { whyOver } from "./why.ts";

/** A public id, as `from.id` shows it. */
const PUBLIC_ID = /^[\w-]{16}$/;

/**
 * Joins a room, and opens the conversation with one member of it.
 * @param whom the member's name or public id
 * @returns the conversation, or why there is none
 */
export async function openConversation(
  target: RoomTarget,
  whom: string,
): Promise<OpenRoom | ExitCode> {
  const { options, outbox } = roomOptions(target);
  const room = createPrivateRoomClient(options);
  const members = await membersOf(room);
  const memberId = typeof members === "number" ? members : meant(whom, members, target.room);
  if (typeof memberId === "number") {
    room.leave();
    return memberId === ExitCode.tryAgain ? noteUnreached(target.server) : memberId;
  }
  const client = room.with(memberId);
  return {
    client,
    outbox,
    outboxId: `${target.room}/${memberId.toLowerCase()}`,
    leave() {
      client.leave();
      room.leave();
    },
  };
}

/**
 * Those who are in the room, and those who wrote to this member; or why the room is not open:
 * `tryAgain` if the server was not reached.
 */
async function membersOf(room: PrivateRoomClient): Promise<readonly Member[] | ExitCode> {
  const { promise, resolve } = Promise.withResolvers<readonly Member[] | ExitCode>();
  let self: string | undefined;
  let here: readonly Member[] = [];
  let writers: readonly Writer[] = [];
  const stopWriters = room.subscribeWriters((told) => {
    writers = told;
  });
  const stop = room.subscribe((event) => {
    if (event.type === "people") {
      self = event.self.id;
      here = event.members;
    }
    if (event.type !== "status") return;
    const { status } = event;
    switch (status.is) {
      case "joined":
        // What the bell says comes right behind.
        setImmediate(() => {
          const known = [...here, ...writers.map(({ member }) => member)];
          const byId = new Map(known.map((member) => [member.id, member]));
          resolve([...byId.values()].filter(({ id }) => id !== self));
        });
        break;
      case "waiting":
        resolve(ExitCode.tryAgain);
        break;
      case "refused":
      case "closed":
        note(whyOver(status));
        resolve(ExitCode.refused);
        break;
      case "connecting":
      case "reconnecting":
        break;
    }
  });
  const members = await promise;
  stopWriters();
  stop();
  return members;
}

/** The id of the member who is meant. */
function meant(whom: string, members: readonly Member[], room: string): string | ExitCode {
  const byId = members.find(({ id }) => id === whom);
  if (byId) return byId.id;
  const named = members.filter(({ name }) => name.toLowerCase() === whom.toLowerCase());
  const [first] = named;
  if (first && named.length === 1) return first.id;
  if (first) {
    const ids = named.map(({ id }) => id).join(", ");
    note(`Several in ${room} are called ${plainLine(whom)}: give one of ${ids}.`);
    return ExitCode.refused;
  }
  if (PUBLIC_ID.test(whom)) return whom;
  note(`Nobody called ${plainLine(whom)} is in ${room}.`);
  return ExitCode.refused;
}
