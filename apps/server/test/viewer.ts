import type { DownFrame, Member } from "@parley/protocol";
import { expect } from "vitest";
import { MemoryLog } from "../src/backends/memory/log.ts";
import type { Subscriber } from "../src/delivery/subscriber.ts";
import { openLocalPresence } from "../src/presence/local-presence.ts";
import type { AnnouncementRates } from "../src/rooms/presence-announcer.ts";
import type { Room } from "../src/rooms/room.ts";
import { Rooms } from "../src/rooms/rooms.ts";
import { FakeConnection } from "./fake-connection.ts";
import type { FakeTime } from "./fake-time.ts";

/** An empty room on one server that tells of its members at this pace. */
export function openRoom(time: FakeTime, announcementRates: AnnouncementRates): Room {
  const { timers, flushClock, now } = time;
  const rooms = new Rooms({
    log: new MemoryLog(),
    openPresence: openLocalPresence,
    timers,
    flushClock,
    now,
    pace: announcementRates.presence,
    announcementRates,
    onDelivered: () => {},
    onFailure: (error) => expect.fail(String(error)),
  });
  return rooms.get("lobby");
}

/** Somebody with a socket, and who they take to be in the room. */
export class Viewer {
  readonly connection = new FakeConnection();
  readonly member: Member;
  readonly listed = new Map<string, string>();
  count = 0;
  subscriber: Subscriber | undefined;

  static async come(room: Room, member: Member): Promise<Viewer> {
    const viewer = new Viewer(member);
    await viewer.enter(room);
    return viewer;
  }

  constructor(member: Member) {
    this.member = member;
  }

  async enter(room: Room): Promise<void> {
    this.subscriber = await room.join(this.connection, undefined, {
      admit: () => this.member,
      greet: () => {
        const { members, count } = room.shownTo(this.member);
        for (const { id, name } of members) this.listed.set(id, name);
        this.count = count;
      },
    });
  }

  /** Takes in what it was sent; gives how many frames that were. */
  read(): number {
    const frames = this.connection.read();
    for (const frame of frames) this.#take(frame);
    return frames.length;
  }

  #take(frame: DownFrame): void {
    if (frame.type !== "entered" && frame.type !== "left" && frame.type !== "renamed") return;
    const { member, count } = frame.payload;
    this.count = count;
    if (frame.type === "left") this.listed.delete(member.id);
    else this.listed.set(member.id, member.name);
  }
}
