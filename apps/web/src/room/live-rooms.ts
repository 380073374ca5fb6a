import type { OpenedRoom } from "./use-room.ts";

/** Rooms that are connected at once, the one on the screen included. */
export const LIVE_ROOMS_MAX = 5;

/** A room that is kept connected, on the screen or not. */
export interface LiveRoom extends OpenedRoom {
  /** Connects it; does nothing where it is connected. */
  readonly connect: () => void;
  /** Ends its connection; what is kept on this device goes on waiting there. */
  readonly sleep: () => void;
}

/** The rooms that stay connected while another one is on the screen. */
export interface LiveRooms {
  /** The room as it is, or a new one that is not connected yet. May be called again and again. */
  readonly roomFor: (roomId: string, name: string) => LiveRoom;
  /**
   * Connects a room and puts it first: the one that was shown longest ago goes to sleep where there
   * are too many.
   * @returns takes it off the screen; with no other one there, all go to sleep
   */
  readonly show: (room: LiveRoom) => () => void;
  /** Ends a room: the next visit makes a new one. */
  readonly end: (roomId: string) => void;
  /** The rooms that are connected, the one that was shown last at the end. */
  readonly now: () => readonly LiveRoom[];
  /** Tells when `now` changes; gives the way to stop. */
  readonly subscribe: (changed: () => void) => () => void;
}

/**
 * @param open makes a room that is not connected yet
 * @param later does something once what goes on now is over, such as a change of screens
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
        room.store.getState().setWatching(false);
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
