import { createPrivateRoomClient, type PrivateRoomClient } from "@parley/client/private";
import {
  readBell,
  readPrivate,
  type DownFrame,
  type DownPayload,
  type RangFrame,
} from "@parley/protocol";
import { overheard, type ClientActorOptions } from "./client-actor.ts";

type Hear = (frame: DownFrame) => void;
type Open = NonNullable<ClientActorOptions["open"]>;

/** A ring that a member heard, and in which bell. */
export interface HeardRing {
  readonly epoch: string;
  readonly ring: RangFrame["payload"];
}

/**
 * A member of a room with private conversations in it, over one connection. The room and each
 * conversation have an actor of their own; this is what they share.
 */
export class PrivateMember {
  /** All rings, in the order of their arrival. */
  readonly rings: HeardRing[] = [];
  /** Everything that the server sent to this member. */
  readonly texts: string[] = [];
  readonly #conversations = new Map<string, Hear>();
  #client: PrivateRoomClient | undefined;
  #bell = "";

  /** Opens the room's client. */
  readonly openRoom: Open = (hear, { openTransport, ...options }) => {
    this.#client = createPrivateRoomClient({
      ...options,
      ...(openTransport && {
        openTransport: (url) =>
          overheard(openTransport(url), (frame, text) => {
            this.texts.push(text);
            hear(frame);
            this.#hear(frame);
          }),
      }),
    });
    return this.#client;
  };

  /** The member's token; undefined before the first join. */
  get token(): string | undefined {
    return this.#client?.token;
  }

  /** Opens the conversation with a member of this id. */
  openConversation(memberId: string): Open {
    return (hear) => {
      if (!this.#client) throw new Error("the room is not open");
      this.#conversations.set(memberId, hear);
      return this.#client.with(memberId);
    };
  }

  #hear(frame: DownFrame): void {
    if (frame.type === "joined") {
      const bell = readBell(frame.payload.bell);
      this.#bell = bell?.epoch ?? "";
      for (const { payload } of bell?.entries ?? []) this.#rang(payload);
    } else if (frame.type === "rang") this.#rang(frame.payload);
    else if (frame.type === "private") this.#hearPrivate(frame.payload);
  }

  #rang(ring: RangFrame["payload"]): void {
    this.rings.push({ epoch: this.#bell, ring });
  }

  #hearPrivate({ with: { id }, frame }: DownPayload<"private">): void {
    const inner = readPrivate(frame);
    const hear = this.#conversations.get(id);
    if (!inner || !hear) return;
    if (inner.type !== "joined") return hear(inner);
    const rest = { roomId: "", token: "", members: [], count: 2, settings: [] };
    hear({ type: "joined", payload: { ...rest, ...inner.payload } });
  }
}
