import { systemClock, createRoomClient } from "@parley/client";
import { useEffect, useMemo, useRef, useState } from "react";
import { deletionsOf, keepDeletions } from "../storage/deletions.ts";
import { draftAnswers } from "../storage/drafts.ts";
import { ownToken, rememberToken } from "../storage/identity.ts";
import { rememberedSeen } from "../storage/recent-rooms.ts";
import { roomStorage } from "../storage/room-storage.ts";
import { browserFrames } from "./frame-batch.ts";
import { openRoom, type RoomActions } from "./open-room.ts";
import { inputFriendlyFrames } from "./input-friendly-scheduler.ts";
import { createRoomStore, type RoomStore } from "./store.ts";

/** What a room says is drawn between the keys that are pressed. */
const frames = inputFriendlyFrames(
  browserFrames,
  (listener) => window.addEventListener("keydown", listener, { capture: true }),
  () => performance.now(),
);

/**
 * Keeps a room open while the component is mounted: connects, reconnects and resumes by itself, and
 * brings what comes into a store.
 * @param roomId a canonical room id
 * @param name the name to join with; a later `rename` does not come through here
 * @returns the same store and actions for as long as the component is mounted
 */
export function useRoomSocket(
  roomId: string,
  name: string,
): { store: RoomStore; actions: RoomActions } {
  const [store] = useState(() =>
    createRoomStore(systemClock.now(), {
      lastRead: rememberedSeen(roomId)?.seenTo,
      replyTarget: draftAnswers(roomId),
    }),
  );
  const room = useRef<RoomActions>(undefined);

  useEffect(() => {
    const client = createRoomClient({
      url: socketUrl(window.location),
      roomId,
      name,
      token: ownToken(),
      ...roomStorage,
    });
    const open = openRoom(store, client, {
      frames,
      now: () => systemClock.now(),
      keepToken: rememberToken,
      deletions: {
        decided: () => deletionsOf(roomId),
        decide: (deletions) => keepDeletions(roomId, deletions),
      },
    });
    room.current = open;
    const stopListening = onGoingAway(open.sendDecided);
    return () => {
      room.current = undefined;
      stopListening();
      open.close();
    };
  }, [store, roomId, name]);

  const actions = useMemo<RoomActions>(
    () => ({
      say: (text, replyTo) => room.current?.say(text, replyTo),
      retry: (id) => room.current?.retry(id),
      amend: (id, text) => room.current?.amend(id, text),
      edit: (target, text) => room.current?.edit(target, text),
      react: (target, emoji, on) => room.current?.react(target, emoji, on),
      deleteMessage: (id) => room.current?.deleteMessage(id),
      undoDelete: (id) => room.current?.undoDelete(id),
      discard: (id) => room.current?.discard(id),
      typing: (on) => room.current?.typing(on),
      rename: (next) => room.current?.rename(next),
      loadOlder: () => room.current?.loadOlder(),
      jumpTo: (seq) => room.current?.jumpTo(seq),
      reconnect: () => room.current?.reconnect(),
      leave: () => room.current?.leave(),
    }),
    [],
  );
  return { store, actions };
}

/** Calls back whenever the page may be gone for good; gives the way to stop. */
function onGoingAway(goes: () => void): () => void {
  const ended = new AbortController();
  // Before the client's own listener ends the connection.
  const options = { capture: true, signal: ended.signal };
  window.addEventListener("pagehide", goes, options);
  // A phone that puts a page away may tell nothing more.
  const hidden = () => document.visibilityState === "hidden" && goes();
  document.addEventListener("visibilitychange", hidden, options);
  return () => ended.abort();
}

/** The server's socket: always on the page's own host. */
function socketUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/ws`;
}
