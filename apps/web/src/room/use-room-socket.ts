import {
  systemClock,
  createRoomClient,
  createRoomTap,
  openWebSocket,
  socketFirst,
} from "@parley/client";
import { useLayoutEffect, useState, useSyncExternalStore } from "react";
import { storedBell, storedDeletions, storedFaces } from "../storage/room-contents.ts";
import { roomStorage } from "../storage/room-storage.ts";
import { storedEdit, storedReply } from "../storage/drafts.ts";
import { ownToken, storedToken } from "../storage/identity.ts";
import { storedLiveRooms, storedRung } from "../storage/connections.ts";
import { rememberedLastRead } from "../storage/recent-rooms.ts";
import { filesPart, lazyUploads } from "./files/part.ts";
import { takeEarlySocket } from "./early-socket.ts";
import { browserFrames } from "./frame-batch.ts";
import { createLiveRooms, type LiveRoom } from "./live-rooms.ts";
import type { PrivateConversations } from "./opened-room.ts";
import type { ConversationsPart } from "./opened-room.ts";
import { createRoom } from "./open-room.ts";
import { inputFriendlyFrames } from "./input-friendly-scheduler.ts";
import { onGoingAway } from "./page-going.ts";
import { createRoomStore } from "./store.ts";

export const liveRooms = createLiveRooms(openRoom);

let liveBefore = storedLiveRooms.read();
liveRooms.subscribe(() => {
  const now = liveRooms.live().map(({ roomId }) => roomId);
  storedLiveRooms.write([...liveBefore.filter((roomId) => !now.includes(roomId)), ...now]);
});

/**
 * The rooms that were live before the page was reloaded, the one that was shown last at the end. The
 * next call returns none.
 */
export function takeLiveBefore(): readonly string[] {
  const taken = liveBefore;
  liveBefore = [];
  return taken;
}

/**
 * Keeps a room open while the component is mounted, and afterwards while few other rooms are:
 * connects, reconnects and resumes by itself, and applies events to a store.
 * @param roomId a canonical room id
 * @param name the name to join with; a later `rename` does not change it
 * @returns the same room for as long as the component is mounted
 */
export function useRoomSocket(roomId: string, name: string): LiveRoom {
  const [room] = useState(() => liveRooms.roomFor(roomId, name));
  // Before effects that fetch what stands around the messages.
  useLayoutEffect(() => liveRooms.show(room), [room]);
  return room;
}

/** The connected rooms, the one that was shown last at the end. */
export function useLiveRooms(): readonly LiveRoom[] {
  return useSyncExternalStore(liveRooms.subscribe, liveRooms.now);
}

/** Ends a room: the next visit creates a new one. */
export function endRoom(roomId: string): void {
  liveBefore = liveBefore.filter((before) => before !== roomId);
  liveRooms.end(roomId);
}

function openRoom(roomId: string, name: string): LiveRoom {
  const store = createRoomStore(systemClock.now(), {
    lastRead: rememberedLastRead(roomId)?.lastRead,
    faces: storedFaces(roomId).read(),
    replyTarget: storedReply(roomId).read(),
    edit: storedEdit(roomId).read(),
  });
  store.subscribe(({ faces }, before) => {
    if (faces !== before.faces) storedFaces(roomId).write(faces);
  });
  const room = createRoom(store);
  const files = filesPart({ path: `/api/rooms/${roomId}/files`, query: "" });
  const options = { url: socketUrl(window.location), roomId, ...roomStorage };
  const tap = createRoomTap(storedBell(roomId).read);
  let conversations: PrivateConversations | undefined;
  const part: ConversationsPart = {
    now: () => conversations,
    fetch: async () => {
      const { createConversations } = await import("./conversations.ts");
      conversations ??= createConversations({ room: opened, options, tap });
      return conversations;
    },
  };
  let disconnect: (() => void) | undefined;
  const connect = () => {
    const openTransport = socketFirst(
      () => import("./lower-rungs.ts").then((rungs) => rungs.openLadder(store)),
      storedRung.read(),
      (url) => openWebSocket(url, takeEarlySocket(url)),
    );
    const client = createRoomClient({
      ...options,
      name,
      files: lazyUploads(files),
      token: ownToken(),
      openTransport: (url) => tap.tap(openTransport(url)),
    });
    // New messages are drawn between key presses.
    const frames = inputFriendlyFrames(browserFrames, onKeyPressed, () => performance.now());
    const connection = room.connect(client, {
      frames,
      now: () => systemClock.now(),
      keepToken: storedToken().write,
      decided: storedDeletions(roomId),
      leaveConversations: async () => conversations?.leave(),
    });
    const stopListening = onGoingAway(connection.sendDecided);
    return () => {
      stopListening();
      connection.close();
      frames.close();
    };
  };
  const opened: LiveRoom = {
    roomId,
    store,
    actions: room.actions,
    files,
    conversations: part,
    connect: () => (disconnect ??= connect()),
    sleep: () => {
      disconnect?.();
      disconnect = undefined;
      conversations?.end();
      conversations = undefined;
    },
  };
  return opened;
}

/** Calls back at every key press, with the key's name; returns a function that stops it. */
function onKeyPressed(pressed: (name: string) => void): () => void {
  const listener = ({ key }: KeyboardEvent) => pressed(key);
  window.addEventListener("keydown", listener, { capture: true });
  return () => window.removeEventListener("keydown", listener, { capture: true });
}

/** The server's WebSocket address: always on the page's own host. */
function socketUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/ws`;
}
