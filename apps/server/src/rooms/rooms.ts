import type { TokenBucket } from "../limits/rate-limit.ts";
import { Room, type RoomDeps } from "./room.ts";

/** The rooms that somebody is in, here and now. An empty one is dropped; its log stays. */
export class Rooms {
  readonly #rooms = new Map<string, Room>();
  readonly #deps: RoomDeps;

  constructor(deps: Omit<RoomDeps, "onDeserted">) {
    this.#deps = { ...deps, onDeserted: (room) => this.#drop(room) };
  }

  get count(): number {
    return this.#rooms.size;
  }

  /** Members who are here, over all rooms. */
  get memberCount(): number {
    let count = 0;
    for (const room of this.#rooms.values()) count += room.presence.localCount;
    return count;
  }

  /** Sends all entries that came, in every room. */
  flush(): void {
    for (const room of this.#rooms.values()) room.flush();
  }

  /** Gives the room of this id, for a join that is made at once: a new one waits for it. */
  get(roomId: string): Room {
    const held = this.#rooms.get(roomId);
    if (held) return held;
    const room = new Room(roomId, this.#deps);
    this.#rooms.set(roomId, room);
    return room;
  }

  /** Whether somebody is in the room here, or coming. */
  has(roomId: string): boolean {
    return this.#rooms.has(roomId);
  }

  /** What a member is called in a room, as far as this server knows. */
  nameOf(roomId: string, memberId: string): string | undefined {
    return this.#rooms.get(roomId)?.presence.get(memberId)?.name;
  }

  /** The permits of somebody who is in a room here. */
  paceOf(roomId: string, memberId: string): TokenBucket | undefined {
    return this.#rooms.get(roomId)?.presence.paceOf(memberId);
  }

  /** Does something with a room, also an empty one. Throws LogUnavailable. */
  visit<Result>(roomId: string, act: (room: Room) => Promise<Result>): Promise<Result> {
    return this.get(roomId).visit(act);
  }

  #drop(room: Room): void {
    if (this.#rooms.get(room.id) !== room) return;
    this.#rooms.delete(room.id);
    void room.close();
  }
}
