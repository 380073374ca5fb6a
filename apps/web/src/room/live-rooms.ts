import type { PendingPlace } from "../storage/pending-places.ts";
import type { OpenedRoom } from "./opened-room.ts";
import { isSending } from "./pending-changes.ts";

/** How many rooms stay connected, the visible one included. */
export const LIVE_ROOMS_MAX = 5;
/** How many more stay connected until what was written in them is sent. */
const SENDING_ROOMS_MAX = 5;

/** After this long, in ms, it is known what waits to be sent in a room that was connected to send. */
const EXPECTED_MS = 10_000;

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
  /**
   * Connects rooms that were live in an earlier page, as far as there is space behind those that are
   * now. A room that was ended here does not come back.
   * @param name the name to join with
   */
  readonly bringBack: (roomIds: readonly string[], name: string) => void;
  /**
   * Connects rooms beside the live ones until what waits there is sent, the first ones if there are
   * too many; but none that was ended here.
   */
  readonly connectToSend: (
    places: readonly Pick<PendingPlace, "roomId" | "partner">[],
    name: string,
  ) => void;
  /** Ends a room: the next visit creates a new one. */
  readonly end: (roomId: string) => void;
  /** The connected rooms, the one that was shown last at the end. */
  readonly now: () => readonly LiveRoom[];
  /** Those of them that are connected because they were shown last. */
  readonly live: () => readonly LiveRoom[];
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
  /** Connected to send, and what waits there may not be read yet. */
  const expected = new Set<LiveRoom>();
  /** Rooms that were left or forgotten on this page. */
  const ended = new Set<string>();
  /** With which name each was opened. */
  const names = new WeakMap<LiveRoom, string>();
  const listeners = new Set<() => void>();

  const setLive = (rooms: readonly LiveRoom[]) => {
    const before = connected;
    const isOther = ({ roomId }: LiveRoom) =>
      !ended.has(roomId) && rooms.every((room) => room.roomId !== roomId);
    const sending = before.filter(
      (room) => isOther(room) && (expected.has(room) || stillSends(room)),
    );
    live = rooms;
    connected = [...sending.slice(-SENDING_ROOMS_MAX), ...rooms];
    known = known.filter((room) => connected.includes(room) || !before.includes(room));
    for (const room of before) if (!connected.includes(room)) room.sleep();
    for (const listener of listeners) listener();
  };
  /** Disconnects a room that was connected to send, once that is done. */
  const look = (room: LiveRoom) => {
    const isBeside = connected.includes(room) && !live.includes(room);
    if (isBeside && !expected.has(room) && !stillSends(room)) setLive(live);
  };
  const roomFor: LiveRooms["roomFor"] = (roomId, name) => {
    const found = known.find((room) => room.roomId === roomId);
    if (found && (shown.size > 0 || names.get(found) === name)) return found;
    const opened = open(roomId, name);
    names.set(opened, name);
    opened.store.subscribe(() => look(opened));
    known = [...known.filter((room) => room !== found), opened];
    return opened;
  };
  const isToCome = (roomId: string) =>
    !ended.has(roomId) && connected.every((room) => room.roomId !== roomId);
  return {
    roomFor,
    show: (room) => {
      shown.add(room);
      ended.delete(room.roomId);
      if (!known.includes(room)) known = [...known, room];
      const others = live.filter(({ roomId }) => roomId !== room.roomId);
      setLive([...others, room].slice(-LIVE_ROOMS_MAX));
      room.connect();
      return () => {
        shown.delete(room);
        takeOffScreen(room);
      };
    },
    bringBack: (roomIds, name) => {
      const space = LIVE_ROOMS_MAX - live.length;
      const coming = space > 0 ? roomIds.filter(isToCome).slice(-space) : [];
      const rooms = coming.map((roomId) => roomFor(roomId, name));
      setLive([...rooms, ...live]);
      connectOffScreen(rooms);
    },
    connectToSend: (places, name) => {
      const space = SENDING_ROOMS_MAX - (connected.length - live.length);
      const ids = [...new Set(places.map(({ roomId }) => roomId))].filter(isToCome);
      const rooms = ids.slice(0, Math.max(0, space)).map((roomId) => roomFor(roomId, name));
      for (const room of rooms) {
        expected.add(room);
        setTimeout(() => {
          expected.delete(room);
          look(room);
        }, EXPECTED_MS);
      }
      connected = [...rooms, ...connected];
      setLive(live);
      connectOffScreen(rooms);
      for (const { roomId, partner } of places) {
        const room = connected.find((each) => each.roomId === roomId);
        if (room && partner !== undefined) void sendPrivately(room, partner, () => look(room));
      }
    },
    end: (roomId) => {
      ended.add(roomId);
      const isOther = (room: LiveRoom) => room.roomId !== roomId;
      known = known.filter(isOther);
      setLive(live.filter(isOther));
    },
    now: () => connected,
    live: () => live,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

/** Whether something can be sent, also privately, or can still be undone. */
function stillSends({ store, conversations }: LiveRoom): boolean {
  const { outgoing, undoable, status } = store.getState();
  if (status.is === "refused") return false;
  const list = conversations.now()?.store.getState().list ?? [];
  return undoable.size > 0 || isSending(outgoing) || list.some(({ isWaiting }) => isWaiting);
}

/** Nothing in a room that is not on the screen counts as seen. */
function takeOffScreen({ store }: LiveRoom): void {
  const { setWatching, endNew } = store.getState();
  setWatching(false);
  endNew();
}

function connectOffScreen(rooms: readonly LiveRoom[]): void {
  for (const room of rooms) {
    takeOffScreen(room);
    room.connect();
  }
}

/** The private conversation with a member sends what waits in it. */
async function sendPrivately(
  { conversations }: LiveRoom,
  partner: string,
  changed: () => void,
): Promise<void> {
  // oxlint-disable-next-line house/no-bare-catch -- without their code, it waits for the next visit
  const part = await conversations.fetch().catch(() => undefined);
  part?.store.subscribe(changed);
  part?.connect(partner);
}
