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
import type { JoinHandler, Room } from "../rooms/room.ts";
import type { ConnectionWriter } from "./connection-writer.ts";
import type { DispatchContext } from "./dispatch.ts";
import { Membership } from "./membership.ts";
import type { PrivateSide, SessionDeps } from "./session-deps.ts";

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
  const { roomId, since, token = mintToken() } = payload;
  const retryAfter = deps.newRoomsOf(connection.address).wait(deps.now());
  if (retryAfter > 0) {
    writer.refuse({ ...refusal("rate_limited", payload.ref), retryAfter });
    return undefined;
  }
  const memberId = publicId(token, roomId);
  const { messages, signals, pages } = context;
  const privately = deps.openPrivate({ roomId, memberId, writer, messages, signals, pages });
  let entered: Membership | undefined;
  try {
    const room = deps.rooms.get(roomId);
    const place = { room, memberId, token, writer, deps, privately };
    const joining = new Joining(place, { payload, from, isWanted });
    const subscriber = await room.join(connection, since, joining);
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

/** Who joins, and where. */
interface JoiningPlace {
  readonly room: Room;
  readonly memberId: string;
  readonly token: string;
  readonly writer: ConnectionWriter;
  readonly deps: SessionDeps;
  readonly privately: PrivateSide;
}

/** What counts until `joined` was sent, and is given up then. */
interface Asked {
  readonly payload: UpPayload<"join">;
  readonly from: Membership | undefined;
  readonly isWanted: () => boolean;
}

/** Leads a connection into its room, and tells it when the log is another one. */
class Joining implements JoinHandler {
  readonly #place: JoiningPlace;
  #asked: Asked | undefined;
  #bell: Bell | undefined;

  constructor(place: JoiningPlace, asked: Asked) {
    this.#place = place;
    this.#asked = asked;
  }

  async prepare(): Promise<void> {
    const { privately } = this.#place;
    await privately.follow();
    const asked = this.#asked?.payload.bell;
    if (asked) this.#bell = await privately.readBell(asked);
  }

  admit({ head }: JoinSnapshot): Member | undefined {
    if (!this.#asked?.isWanted()) return undefined;
    const { room, memberId, writer, deps } = this.#place;
    if (head === 0 && room.presence.count === 0) {
      deps.newRoomsOf(writer.connection.address).spend(deps.now());
    }
    const known = this.#asked.payload.name ?? deps.rooms.nameOf(room.id, memberId);
    return { id: memberId, name: known ?? guestName(memberId) };
  }

  greet(self: Member, snapshot: JoinSnapshot): void {
    // A second `joined` answers no request: it reports that the log is another one.
    const [asked, bell] = [this.#asked, this.#bell];
    this.#asked = undefined;
    this.#bell = undefined;
    asked?.from?.leave("left");
    const { room, token, writer } = this.#place;
    const greeted = { ...greeting(room, self, token, snapshot), ...(bell && { bell }) };
    const joined = { type: "joined", payload: greeted } as const;
    writer.send(answering(joined, asked?.payload.ref));
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
