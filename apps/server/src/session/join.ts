import {
  answering,
  PROTOCOL_VERSION,
  refusal,
  type Bell,
  type Member,
  type UpPayload,
} from "@parley/protocol";
import { guestName, mintToken, publicId } from "../identity.ts";
import { LogUnavailable } from "../log/log.ts";
import type { JoinSnapshot } from "../rooms/join-snapshot.ts";
import type { Room } from "../rooms/room.ts";
import type { DispatchContext } from "./dispatch.ts";
import { Membership } from "./membership.ts";

/**
 * Joins a room, answers with `joined`, and leaves the room that the connection was in. If the
 * room cannot be joined, it says why and the old membership stays.
 * @param from the old membership
 * @param isWanted whether the connection is still there once the log has been read
 * @returns the new membership, or undefined
 */
export async function join(
  context: Omit<DispatchContext, "enter" | "leave">,
  payload: UpPayload<"join">,
  from: Membership | undefined,
  isWanted: () => boolean,
): Promise<Membership | undefined> {
  const { writer, deps } = context;
  const { connection } = writer;
  const { roomId, name, since, token = mintToken() } = payload;
  const newRooms = deps.newRoomsOf(connection.address);
  const retryAfter = newRooms.wait(deps.now());
  if (retryAfter > 0) {
    writer.refuse({ ...refusal("rate_limited", payload.ref), retryAfter });
    return undefined;
  }
  const memberId = publicId(token, roomId);
  const { messages, signals, pages } = context;
  const privately = deps.openPrivate({ roomId, memberId, writer, messages, signals, pages });
  let { ref } = payload;
  let entered: Membership | undefined;
  try {
    let bell: Bell | undefined;
    const room = deps.rooms.get(roomId);
    const subscriber = await room.join(connection, since, {
      async prepare() {
        await privately.follow();
        bell = payload.bell && (await privately.readBell(payload.bell));
      },
      admit(snapshot) {
        if (!isWanted()) return undefined;
        if (snapshot.head === 0 && room.presence.count === 0) newRooms.spend(deps.now());
        const known = name ?? deps.rooms.nameOf(roomId, memberId);
        return { id: memberId, name: known ?? guestName(memberId) };
      },
      greet(self, snapshot) {
        from?.leave("left");
        const greeted = { ...greeting(room, self, token, snapshot), ...(bell && { bell }) };
        const joined = { type: "joined", payload: greeted } as const;
        writer.send(answering(joined, ref));
        // A second `joined` answers no request: it reports that the log is another one.
        ref = undefined;
        bell = undefined;
      },
    });
    if (!subscriber) return undefined;
    entered = new Membership(room, subscriber, context, privately);
    privately.start(room);
    return entered;
  } catch (error) {
    if (!(error instanceof LogUnavailable)) throw error;
    writer.refuse(refusal("unavailable", payload.ref));
    return undefined;
  } finally {
    if (!entered) privately.close();
  }
}

function greeting(room: Room, self: Member, token: string, snapshot: JoinSnapshot) {
  const { entries, settings, ...rest } = snapshot;
  const { members, count } = room.shownTo(self);
  return {
    roomId: room.id,
    self,
    token,
    ...rest,
    members: [...members],
    count,
    entries: [...entries],
    settings: [...settings],
    version: PROTOCOL_VERSION,
  };
}
