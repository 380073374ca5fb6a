import type { OpenedRoom } from "./opened-room.ts";

/** How many rooms are connected at once, the visible one included. */
export const LIVE_ROOMS_MAX = 5;

/** A room that stays connected, on the screen or not. */
export interface LiveRoom extends OpenedRoom {
  /** Connects it; does nothing if it is connected. */
  readonly connect: () => void;
  /** Disconnects it; what is stored on this device stays there. */
  readonly sleep: () => void;
}

/** The rooms that stay connected while another one is on the screen. */
export interface LiveRooms {
  /** The room as it is, or a new one that is not connected yet. Idempotent. */
  readonly roomFor: (roomId: string, name: string) => LiveRoom;
  /**
   * Connects a room and puts it first; the one that was shown longest ago is disconnected if there
   * are too many.
   * @returns takes it off the screen; when no other is there, all are disconnected
   */
  readonly show: (room: LiveRoom) => () => void;
  /** Ends a room: the next visit creates a new one. */
  readonly end: (roomId: string) => void;
  /** The connected rooms, the one that was shown last at the end. */
  readonly now: () => readonly LiveRoom[];
  /** Calls back when `now` changes; returns a function that stops it. */
  readonly subscribe: (changed: () => void) => () => void;
}

/**
 * @param open creates a room that is not connected yet
 * @param later runs a callback after the present task, such as a change of screens
 */
export function createLiveRooms(
  open: (roomId: string, name: string) => LiveRoom,
  later: (act: () => void) => void,
): LiveRooms {
  let known: readonly LiveRoom[] = [];
  let live: readonly LiveRoom[] = [];
  const shown = new Set<LiveRoom>();
  const listeners = new Set<() => void>();

  const setLive = (rooms: readonly LiveRoom[]) => {
    const asleep = live.filter((room) => !rooms.includes(room));
    live = rooms;
    known = known.filter((room) => !asleep.includes(room));
    for (const room of asleep) room.sleep();
    for (const listener of listeners) listener();
  };
  return {
    roomFor: (roomId, name) => {
      const found = known.find((room) => room.roomId === roomId);
      if (found) return found;
      const opened = open(roomId, name);
      known = [...known, opened];
      return opened;
    },
    show: (room) => {
      shown.add(room);
      if (!known.includes(room)) known = [...known, room];
      setLive([...live.filter((other) => other !== room), room].slice(-LIVE_ROOMS_MAX));
      room.connect();
      return () => {
        shown.delete(room);
        const { setWatching, endNew } = room.store.getState();
        setWatching(false);
        endNew();
        later(() => {
          if (shown.size === 0) setLive([]);
        });
      };
    },
    end: (roomId) => {
      setLive(live.filter((room) => room.roomId !== roomId));
      known = known.filter((room) => room.roomId !== roomId);
    },
    now: () => live,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
