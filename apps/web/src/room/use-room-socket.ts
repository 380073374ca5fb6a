import { systemClock, createRoomClient, socketFirst } from "@parley/client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { storedDeletions } from "../storage/deletions.ts";
import { storedReply } from "../storage/drafts.ts";
import { storedFaces } from "../storage/faces.ts";
import { ownToken, storedToken } from "../storage/identity.ts";
import { rememberedSeen } from "../storage/recent-rooms.ts";
import { roomStorage } from "../storage/room-storage.ts";
import { storedRung } from "../storage/rung.ts";
import { browserFrames } from "./frame-batch.ts";
import { createLiveRooms, type LiveRoom } from "./live-rooms.ts";
import { createRoom } from "./open-room.ts";
import { inputFriendlyFrames } from "./input-friendly-scheduler.ts";
import { createRoomStore } from "./store.ts";

const liveRooms = createLiveRooms(openRoom, (act) => setTimeout(act));

/**
 * Keeps a room open while the component is mounted, and afterwards while few other rooms are:
 * connects, reconnects and resumes by itself, and applies events to a store.
 * @param roomId a canonical room id
 * @param name the name to join with; a later `rename` does not change it
 * @returns the same room for as long as the component is mounted
 */
export function useRoomSocket(roomId: string, name: string): LiveRoom {
  const [room] = useState(() => liveRooms.roomFor(roomId, name));
  useEffect(() => liveRooms.show(room), [room]);
  return room;
}

/** The connected rooms, the one that was shown last at the end. */
export function useLiveRooms(): readonly LiveRoom[] {
  return useSyncExternalStore(liveRooms.subscribe, liveRooms.now);
}

/** Ends a room: the next visit creates a new one. */
export const endRoom: (roomId: string) => void = liveRooms.end;

function openRoom(roomId: string, name: string): LiveRoom {
  const store = createRoomStore(systemClock.now(), {
    lastRead: rememberedSeen(roomId)?.seenTo,
    faces: storedFaces(roomId).read(),
    replyTarget: storedReply(roomId).read(),
  });
  store.subscribe(({ faces }, before) => {
    if (faces !== before.faces) storedFaces(roomId).write(faces);
  });
  const room = createRoom(store);
  let disconnect: (() => void) | undefined;
  const connect = () => {
    const client = createRoomClient({
      url: socketUrl(window.location),
      roomId,
      name,
      token: ownToken(),
      ...roomStorage,
      openTransport: socketFirst(
        () => import("./lower-rungs.ts").then((rungs) => rungs.openLadder(store)),
        storedRung.read(),
      ),
    });
    // New messages are drawn between key presses.
    const frames = inputFriendlyFrames(browserFrames, onKeyPressed, () => performance.now());
    const connection = room.connect(client, {
      frames,
      now: () => systemClock.now(),
      keepToken: storedToken().write,
      decided: storedDeletions(roomId),
    });
    const stopListening = onGoingAway(connection.sendDecided);
    return () => {
      stopListening();
      connection.close();
      frames.close();
    };
  };
  return {
    roomId,
    store,
    actions: room.actions,
    connect: () => (disconnect ??= connect()),
    sleep: () => {
      disconnect?.();
      disconnect = undefined;
    },
  };
}

/** Calls back at every key press; returns a function that stops it. */
function onKeyPressed(pressed: () => void): () => void {
  window.addEventListener("keydown", pressed, { capture: true });
  return () => window.removeEventListener("keydown", pressed, { capture: true });
}

/** Calls back whenever the page may be closing; returns a function that stops it. */
function onGoingAway(goes: () => void): () => void {
  const ended = new AbortController();
  // Before the client's own listener ends the connection.
  const options = { capture: true, signal: ended.signal };
  window.addEventListener("pagehide", goes, options);
  // A phone that hides a page may fire no later event.
  const hidden = () => document.visibilityState === "hidden" && goes();
  document.addEventListener("visibilitychange", hidden, options);
  return () => ended.abort();
}

/** The server's WebSocket address: always on the page's own host. */
function socketUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/ws`;
}
