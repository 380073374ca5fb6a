import { useEffect, useState } from "react";
import {
  rememberLook,
  storedRooms,
  watchRecentRooms,
  type RecentRoom,
} from "../../storage/recent-rooms.ts";
import type { LiveRoom } from "../../room/live-rooms.ts";
import { useLiveRooms } from "../../room/use-room-socket.ts";
import { roomApiPath, readBell, type Bell, type Since } from "@parley/protocol";
import { askServer } from "../../ui/ask-server.ts";
import { lineOf } from "../formatting/one-line.ts";
import { GUEST, heardBell } from "../../room/conversation-list.ts";
import { storedBell } from "../../storage/room-contents.ts";
import { storedConversations } from "../../storage/conversations.ts";
import { storedToken } from "../../storage/identity.ts";

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

/** How many messages are counted; a higher count is shown as this. */
const LOOKED_AT_MAX = 100;

/** What is new in a room that is not connected. */
interface Look {
  /** The number of messages after the last one that the user saw. */
  readonly unread: number;
  /** The last of them, and its author. */
  readonly last?: string;
  /** There are later ones, which are not counted. */
  readonly more: boolean;
}

/**
 * Asks the server what is new in a room, without joining it.
 * @param lastRead the `seq` of the last message that the user saw
 * @returns undefined if the server does not say
 */
export async function lookAt(
  roomId: string,
  lastRead: number,
  signal: AbortSignal,
): Promise<Look | undefined> {
  const ask = async (query: string) =>
    readLook(await askServer(roomApiPath(roomId, `/messages?${query}`), signal));
  const look = await ask(`after=${lastRead}&limit=${LOOKED_AT_MAX}`);
  // The page has the first messages, not the last one.
  const newest = look?.more ? await ask("limit=1") : undefined;
  return look && { ...look, ...(newest?.last !== undefined && { last: newest.last }) };
}

/** Reads a page of `GET /api/rooms/:room/messages`; undefined for a refusal. */
export function readLook(page: unknown): Look | undefined {
  const { entries, more } = Object(page) as { entries?: unknown; more?: unknown };
  if (!Array.isArray(entries)) return undefined;
  const said = entries.flatMap((entry: unknown) => {
    const { type, payload } = Object(entry) as { type?: unknown; payload?: unknown };
    const { message, from } = Object(payload) as { message?: unknown; from?: unknown };
    const { name } = Object(from) as { name?: unknown };
    return type === "chat" && typeof message === "string" && typeof name === "string"
      ? [lineOf(name, message)]
      : [];
  });
  const last = said.at(-1);
  return { unread: said.length, more: more === true, ...(last !== undefined && { last }) };
}

/** How many rings are read; the next look reads the others. */
const RINGS_MAX = 100;

/** Asks the server who wrote privately in a room that is not connected, and stores it. */
async function lookPrivately(roomId: string, signal: AbortSignal): Promise<void> {
  const token = storedToken().read();
  if (token === undefined) return;
  const bell = storedBell(roomId);
  const page = await askServer(pathOf(roomId, bell.read()), signal, token);
  const read = bellIn(page);
  if (!read || signal.aborted) return;
  const list = storedConversations(roomId);
  const heard = heardBell({ list: list.read(), since: bell.read() }, read, () => GUEST);
  // In this order: a ring that is stored as heard is in the list.
  list.write(heard.list);
  bell.write(heard.since);
}

function pathOf(roomId: string, since: Since | undefined): string {
  const after = `after=${since?.seq ?? 0}&limit=${RINGS_MAX}`;
  const epoch = since ? `&epoch=${encodeURIComponent(since.epoch)}` : "";
  return roomApiPath(roomId, `/bell?${after}${epoch}`);
}

/** Reads a page of `GET /api/rooms/:room/bell`; undefined for a refusal. */
export function bellIn(page: unknown): Bell | undefined {
  const isReset = Object(page) as { reset?: unknown };
  return readBell({ ...Object(page), recovered: isReset.reset !== true, missed: 0 });
}
