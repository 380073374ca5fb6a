import {
  createRoomClient,
  openWebSocket,
  type Outbox,
  type RoomClient,
  type RoomClientOptions,
  type RoomEvent,
  type OutboxRecord,
  type Transport,
} from "@parley/client";
import { openHttp, type Way } from "@parley/client/http";
import { decodeDown, unreachable, type DownFrame, type EntryRequest } from "@parley/protocol";
import { oneOf, type Chance } from "../chance.ts";
import { bodyOf } from "../checker/content.ts";
import { Recorder, type Observe } from "./recorder.ts";
import { settingNow, type SetRequest } from "./setting.ts";
import type { Actor } from "./actor.ts";

/** Waits before reconnects are this much shorter than real ones, because a round is short. */
const IMPATIENCE = 0.03;
/** The share of entries that change an earlier message of one's own. */
const CHANGES = 0.2;

export interface ClientActorOptions {
  readonly client: string;
  readonly url: string;
  readonly roomId: string;
  readonly chance: Chance;
  readonly record: Observe;
  /** The outbox; by default in memory. */
  readonly outbox?: Outbox;
  /** The transport over HTTP, if it is no WebSocket (SPEC H3). */
  readonly way?: Way;
  /** The token of an earlier visit (SPEC P2). */
  readonly token?: string;
  /**
   * Opens a client of another kind; by default one of a room.
   * @param hear to be called with every frame from the server before the client gets it
   */
  readonly open?: (hear: (frame: DownFrame) => void, options: RoomClientOptions) => RoomClient;
  /** Whether it sets settings: a conversation has none. */
  readonly sets?: boolean;
}

/** An actor that uses the room client, like the web app. */
export class ClientActor implements Actor {
  readonly room: RoomClient;
  readonly #recorder: Recorder;
  readonly #chance: Chance;
  readonly #sets: boolean;
  #status: "in" | "out" = "out";
  #pending = 0;
  #shownUpTo = 0;

  constructor({
    client,
    chance,
    record,
    open = openRoom,
    sets = true,
    way,
    ...kept
  }: ClientActorOptions) {
    const recorder = new Recorder(client, record);
    this.#recorder = recorder;
    this.#chance = chance;
    this.#sets = sets;
    this.room = open((frame) => recorder.onFrame(frame), {
      ...kept,
      name: client,
      random: () => chance() * IMPATIENCE,
      openTransport: (url) => (way ? openHttp(url, way) : openWebSocket(url)),
    });
    this.room.subscribe((event) => this.#take(event));
  }

  get client(): string {
    return this.#recorder.client;
  }

  /** The public id; empty before the first join. */
  get person(): string {
    return this.#recorder.person;
  }

  get isIn(): boolean {
    return this.#status === "in";
  }

  get isSettled(): boolean {
    return this.#pending === 0;
  }

  get pending(): number {
    return this.#pending;
  }

  get shownUpTo(): number {
    return this.#shownUpTo;
  }

  write(text: string): void {
    const setting = this.#sets ? settingNow(this.#chance, this.#recorder) : undefined;
    if (setting) return this.#set(setting);
    const target = oneOf(this.#chance, [...this.#recorder.chats.keys()]);
    const kind = this.#chance() / CHANGES;
    if (target === undefined || kind >= 1) this.say(text);
    else if (kind > 0.6) {
      const id = this.room.edit(target, text);
      this.#wrote(id, { type: "edit", payload: { target, message: text } });
    } else if (kind > 0.3) {
      const id = this.room.say(text, { replyTo: target });
      this.#wrote(id, { type: "chat", payload: { message: text, replyTo: target } });
    } else {
      const payload = { target, emoji: "👍", on: kind > 0.1 };
      const id = this.room.react(payload.target, payload.emoji, payload.on);
      this.#wrote(id, { type: "react", payload });
    }
  }

  /** @returns the id of the message */
  say(text: string): string {
    return this.#wrote(this.room.say(text), { type: "chat", payload: { message: text } });
  }

  /**
   * The same member as on an earlier visit, with its kept entries; those that were refused for good
   * have their answer.
   */
  inherit(before: ClientActor, kept: readonly OutboxRecord[]): void {
    this.#recorder.isStill(before.#recorder.person);
    for (const { id, frame, refusal } of kept) {
      if (!refusal) this.#recorder.wrote(id, bodyOf(frame));
    }
  }

  /** The page closes, as in a reload: what is in flight is cut off. */
  vanish(): void {
    this.room.close();
    this.#recorder.record({ client: this.client, is: "left" });
  }

  end(): void {
    this.room.leave();
  }

  #set(request: SetRequest): void {
    const { key, value, expect } = request.payload;
    const id = this.room.set(key, value, expect === undefined ? {} : { expect });
    this.#wrote(id, request);
  }

  #wrote(id: string, frame: EntryRequest): string {
    this.#recorder.wrote(id, bodyOf(frame));
    return id;
  }

  #take(event: RoomEvent): void {
    const { client, epoch, record } = this.#recorder;
    switch (event.type) {
      case "status":
        this.#status = event.status.is === "joined" ? "in" : "out";
        break;
      case "window": {
        const { why, entries, truncatedBefore } = event;
        const trimmed = truncatedBefore === undefined ? {} : { truncatedBefore };
        record({ client, is: "window", why, epoch, entries, ...trimmed });
        this.#shownUpTo = entries.at(-1)?.payload.seq ?? 0;
        break;
      }
      case "entries":
        record({ client, is: "shown", epoch, entries: event.entries });
        this.#shownUpTo = event.entries.at(-1)?.payload.seq ?? this.#shownUpTo;
        break;
      case "pending":
        this.#pending = event.pending.filter(({ state }) => state.is !== "failed").length;
        break;
      case "caught-up":
      case "people":
      case "moved":
      case "outdated":
      case "settings":
      case "typing":
      case "unkept":
      case "refused":
        break;
      default:
        unreachable(event);
    }
  }
}

/** Opens a client of a room. */
function openRoom(hear: (frame: DownFrame) => void, options: RoomClientOptions): RoomClient {
  const { openTransport = openWebSocket } = options;
  return createRoomClient({
    ...options,
    openTransport: (url) => overheard(openTransport(url), (frame) => hear(frame)),
  });
}

/** A connection that reports every frame from the server before the client gets it. */
export function overheard(
  socket: Transport,
  heard: (frame: DownFrame, text: string) => void,
): Transport {
  return {
    listen(listener) {
      socket.listen({
        opened: () => listener.opened(),
        received(text) {
          const decoded = decodeDown(text);
          if (decoded.ok) heard(decoded.frame, text);
          listener.received(text);
        },
        closed: (code) => listener.closed(code),
      });
    },
    send: (text) => socket.send(text),
    close: (how) => socket.close(how),
  };
}
