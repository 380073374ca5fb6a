import type { OpenedRoom } from "./opened-room.ts";
import { isSending } from "./pending-changes.ts";

/** How many rooms stay connected, the visible one included. */
export const LIVE_ROOMS_MAX = 5;
/** How many more stay connected until what was written in them is sent. */
const SENDING_ROOMS_MAX = 5;

/** A room that stays connected, on the screen or not. */
export interface LiveRoom extends OpenedRoom {
  /** Connects it; does nothing if it is connected. */
  readonly connect: () => void;
  /** Disconnects it; what is stored on this device stays there. */
  readonly sleep: () => void;
}

/** The rooms that stay connected while another one, or the start page, is on the screen. */
export interface LiveRooms {
  /**
   * The room as it is, or a new one that is not connected yet: also for who comes from the start page
   * with another name. Idempotent.
   */
  readonly roomFor: (roomId: string, name: string) => LiveRoom;
  /**
   * Connects a room and puts it first; the one that was shown longest ago is disconnected if there
   * are too many, once what was written in it is sent.
   * @returns takes it off the screen
   */
  readonly show: (room: LiveRoom) => () => void;
  /** Connects rooms that were live before, behind those that are now; there are never too many. */
  readonly bringBack: (rooms: readonly LiveRoom[]) => void;
  /** Ends a room: the next visit creates a new one. */
  readonly end: (roomId: string) => void;
  /** The connected rooms, the one that was shown last at the end. */
  readonly now: () => readonly LiveRoom[];
  /** Calls back when `now` changes; returns a function that stops it. */
  readonly subscribe: (changed: () => void) => () => void;
}

/** @param open creates a room that is not connected yet */
export function createLiveRooms(open: (roomId: string, name: string) => LiveRoom): LiveRooms {
  let known: readonly LiveRoom[] = [];
  /** Those that were shown last. */
  let live: readonly LiveRoom[] = [];
  /** These, and before them others that still send. */
  let connected: readonly LiveRoom[] = [];
  const shown = new Set<LiveRoom>();
  /** With which name each was opened. */
  const names = new WeakMap<LiveRoom, string>();
  const listeners = new Set<() => void>();

  const setLive = (rooms: readonly LiveRoom[], ended?: string) => {
    const before = connected;
    const isOther = ({ roomId }: LiveRoom) =>
      roomId !== ended && rooms.every((room) => room.roomId !== roomId);
    const sending = before.filter((room) => isOther(room) && stillSends(room));
    live = rooms;
    connected = [...sending.slice(-SENDING_ROOMS_MAX), ...rooms];
    known = known.filter((room) => rooms.includes(room) || !before.includes(room));
    for (const room of before) if (!connected.includes(room)) room.sleep();
    for (const listener of listeners) listener();
  };
  return {
    roomFor: (roomId, name) => {
      const found = known.find((room) => room.roomId === roomId);
      if (found && (shown.size > 0 || names.get(found) === name)) return found;
      const opened = open(roomId, name);
      names.set(opened, name);
      opened.store.subscribe(() => {
        const isBeside = connected.includes(opened) && !live.includes(opened);
        if (isBeside && !stillSends(opened)) setLive(live);
      });
      known = [...known.filter((room) => room !== found), opened];
      return opened;
    },
    show: (room) => {
      shown.add(room);
      if (!known.includes(room)) known = [...known, room];
      const others = live.filter(({ roomId }) => roomId !== room.roomId);
      setLive([...others, room].slice(-LIVE_ROOMS_MAX));
      room.connect();
      return () => {
        shown.delete(room);
        const { setWatching, endNew } = room.store.getState();
        setWatching(false);
        endNew();
      };
    },
    bringBack: (rooms) => {
      setLive([...rooms.filter((room) => !live.includes(room)), ...live].slice(-LIVE_ROOMS_MAX));
      for (const room of live) room.connect();
    },
    end: (roomId) => {
      const isOther = (room: LiveRoom) => room.roomId !== roomId;
      known = known.filter(isOther);
      setLive(live.filter(isOther), roomId);
    },
    now: () => connected,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

/** Whether something waits to be sent, or can still be undone. */
function stillSends({ store }: LiveRoom): boolean {
  const { outgoing, undoable } = store.getState();
  return undoable.size > 0 || isSending(outgoing);
}
