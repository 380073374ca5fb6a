import { useEffect, useState } from "react";
import {
  rememberLook,
  storedRooms,
  watchRecentRooms,
  type RecentRoom,
} from "../../storage/recent-rooms.ts";
import type { LiveRoom } from "../../room/live-rooms.ts";
import { useLiveRooms } from "../../room/use-room-socket.ts";
import { lookAt, lookPrivately } from "./look.ts";

/** How often one of the unconnected rooms is looked at, in ms, one after the other. */
const LOOK_EVERY_MS = 15_000;

/** A room of the list, and its connection if it has one. */
export interface ListedRoom extends RecentRoom {
  readonly live: LiveRoom | undefined;
}

/** The recent rooms; the unconnected ones are looked at in turn. */
export function useRooms(): readonly ListedRoom[] {
  const [recent, setRecent] = useState(() => storedRooms().read());
  const live = useLiveRooms();
  useEffect(() => watchRecentRooms(() => setRecent(storedRooms().read())), []);
  useEffect(() => {
    const ended = new AbortController();
    const lookAtNext = async () => {
      if (document.visibilityState === "hidden") return;
      const asleep = storedRooms()
        .read()
        .filter(({ roomId }) => !live.some((room) => room.roomId === roomId));
      const room = leastLookedAt(asleep);
      if (!room) return;
      const [look] = await Promise.all([
        lookAt(room.roomId, room.lastRead ?? 0, ended.signal),
        lookPrivately(room.roomId, ended.signal),
      ]);
      if (look && !ended.signal.aborted) rememberLook(room.roomId, look);
    };
    void lookAtNext();
    const timer = setInterval(() => void lookAtNext(), LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      ended.abort();
    };
  }, [live]);
  const listed = recent.map((room) => ({
    ...room,
    live: live.find(({ roomId }) => roomId === room.roomId),
  }));
  return inSteadyOrder(listed);
}

/** How often each room was looked at on this page. */
const looks = new Map<string, number>();

/** The room to look at next; it is counted as looked at. */
function leastLookedAt(rooms: readonly RecentRoom[]): RecentRoom | undefined {
  const looksAt = ({ roomId }: RecentRoom) => looks.get(roomId) ?? 0;
  const next = rooms.toSorted((a, b) => looksAt(a) - looksAt(b))[0];
  if (next) looks.set(next.roomId, looksAt(next) + 1);
  return next;
}

/**
 * The order of the rooms on this page so far, because a list that is being looked at must not jump.
 */
let shown: readonly string[] = [];

/** Puts rooms in their earlier order; new ones come first. */
export function inSteadyOrder<T extends { readonly roomId: string }>(rooms: readonly T[]): T[] {
  const ids = rooms.map(({ roomId }) => roomId);
  shown = [...ids.filter((id) => !shown.includes(id)), ...shown.filter((id) => ids.includes(id))];
  return rooms.toSorted((a, b) => shown.indexOf(a.roomId) - shown.indexOf(b.roomId));
}
