import { isNumber, isText, listOf, optional, shape, stored, type TextStore } from "./stored.ts";

const KEY = "parley.recent";
/** How many rooms are remembered; the one that was open longest ago is dropped. */
const RECENT_ROOMS_MAX = 20;

/** A room that was opened here. */
export interface RecentRoom {
  readonly roomId: string;
  /** Its name when it was last open; missing if it had none. */
  readonly name?: string | undefined;
  /** When it was last open, in ms since 1970. */
  readonly at: number;
  /** How far the user has read: the last `seq` that they saw. */
  readonly lastRead?: number;
  /** The number of messages of others after that, as far as this browser knows. */
  readonly unread?: number;
  /** The last message and its author, as far as this browser knows. */
  readonly last?: string | undefined;
}

const rooms = listOf(
  shape<RecentRoom>({
    roomId: isText,
    name: optional(isText),
    at: isNumber,
    lastRead: optional(isNumber),
    unread: optional(isNumber),
    last: optional(isText),
  }),
);

/** Earlier releases stored `lastRead` under another name. */
const recent: typeof rooms = {
  ...rooms,
  parse: (text) => rooms.parse(text.replaceAll('"seenTo":', '"lastRead":')),
};

/** The rooms that were opened here, the latest first. */
export function storedRooms(texts?: TextStore) {
  const { read, write } = stored(KEY, recent, [], texts);
  return {
    read,
    write: (rooms: readonly RecentRoom[]) => {
      write(rooms);
      for (const watcher of watchers) watcher();
    },
  };
}

/** The listeners on this page. */
const watchers = new Set<() => void>();

/**
 * Puts a room at the head of the list, with what is stored of it already; rooms beyond the list's
 * length are dropped.
 */
export function rememberRoom(room: RecentRoom, texts?: TextStore): void {
  const list = storedRooms(texts);
  const rooms = list.read();
  const known = rooms.find(({ roomId }) => roomId === room.roomId);
  const others = rooms.filter((other) => other !== known);
  list.write([{ ...known, ...room }, ...others].slice(0, RECENT_ROOMS_MAX));
}

/** How far a room was read, and its unread messages; undefined if it was never open here. */
export function rememberedLastRead(
  roomId: string,
  texts?: TextStore,
): Pick<RecentRoom, "lastRead" | "unread"> | undefined {
  return storedRooms(texts)
    .read()
    .find((room) => room.roomId === roomId);
}

/** Stores what a look at an unconnected room showed. */
export function rememberLook(
  roomId: string,
  { unread, last }: { readonly unread: number; readonly last?: string },
  texts?: TextStore,
): void {
  const list = storedRooms(texts);
  list.write(
    list
      .read()
      .map((room) =>
        room.roomId === roomId ? { ...room, unread, last: last ?? room.last } : room,
      ),
  );
}

/**
 * Stores how far a room was read. The tab that has read further is right, unless the log is
 * shorter: then it is another log.
 * @param head the last `seq` of the log
 */
export function rememberLastRead(
  {
    roomId,
    lastRead,
    unread,
    last,
    head,
  }: Required<Pick<RecentRoom, "roomId" | "lastRead" | "unread">> &
    Pick<RecentRoom, "last"> & { readonly head: number },
  texts?: TextStore,
): void {
  const list = storedRooms(texts);
  const rooms = list.read();
  const known = rooms.find((room) => room.roomId === roomId);
  if (!known) return;
  if (known.lastRead === lastRead && known.unread === unread && known.last === last) return;
  if (known.lastRead !== undefined && known.lastRead > lastRead && known.lastRead <= head) return;
  const changed = rooms.map((room) =>
    room === known ? { ...known, lastRead, unread, last } : room,
  );
  list.write(changed);
}

/**
 * Calls back when this or another tab changes the stored rooms; returns a function that stops it.
 */
export function watchRecentRooms(changed: () => void): () => void {
  const take = ({ key }: StorageEvent) => {
    if (key === KEY || key === null) changed();
  };
  watchers.add(changed);
  window.addEventListener("storage", take);
  return () => {
    watchers.delete(changed);
    window.removeEventListener("storage", take);
  };
}

/** Takes a room off the list. */
export function forgetRoom(roomId: string, texts?: TextStore): void {
  const list = storedRooms(texts);
  list.write(list.read().filter((room) => room.roomId !== roomId));
}

/** How many rooms the join screen lists; the room screen lists the others. */
const LISTED_MAX = 6;

/** The rooms that were opened here last, the latest first. */
export function latestRooms(): readonly RecentRoom[] {
  return storedRooms().read().slice(0, LISTED_MAX);
}
