import { join } from "node:path";
import { createRoomClient, type Outbox, type RoomClient } from "@parley/client";
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
}

/** Joins a room as this user, and sends what is left in the outbox first. */
export function openRoom({ server, room, name }: RoomTarget): OpenRoom {
  const folder = stateFolder(server);
  const outbox = fileOutbox(join(folder, "outbox"));
  const client = createRoomClient({
    url: socketUrlOf(server),
    roomId: room,
    ...(name === undefined ? {} : { name }),
    token: readToken(folder),
    outbox,
    sendLock: fileSendLock(join(folder, "outbox")),
  });
  return { client, outbox };
}
