import { join } from "node:path";
import {
  createRoomClient,
  type Outbox,
  type RoomClient,
  type RoomClientOptions,
} from "@parley/client";
import { socketUrlOf } from "../settings.ts";
import { fileSendLock } from "../state/file-lock.ts";
import { fileOutbox } from "../state/file-outbox.ts";
import { readToken, stateFolder } from "../state/state-folder.ts";

/** A server, a room, and the name to join with. */
export interface RoomTarget {
  readonly server: URL;
  readonly room: string;
  readonly name: string | undefined;
}

export interface OpenRoom {
  readonly client: RoomClient;
  readonly outbox: Outbox;
  /** The outbox's id for what is sent here. */
  readonly outboxId: string;
  leave(): void;
}

/** Joins a room as this user, and sends what is left in the outbox first. */
export function openRoom(target: RoomTarget): OpenRoom {
  const { options, outbox } = roomOptions(target);
  const client = createRoomClient(options);
  return { client, outbox, outboxId: target.room, leave: () => client.leave() };
}

/** How this user joins a room, with the outbox in files. */
export function roomOptions(target: RoomTarget): {
  readonly options: RoomClientOptions;
  readonly outbox: Outbox;
} {
  const folder = join(stateFolder(target.server), "outbox");
  const outbox = fileOutbox(folder);
  const options = { ...memberOptions(target), outbox, sendLock: fileSendLock(folder) };
  return { options, outbox };
}

/** How this user joins a room without the outbox: what is pending ends with the command. */
export function memberOptions({ server, room, name }: RoomTarget): RoomClientOptions {
  return {
    url: socketUrlOf(server),
    roomId: room,
    ...(name === undefined ? {} : { name }),
    token: readToken(stateFolder(server)),
  };
}
