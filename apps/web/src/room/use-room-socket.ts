import { createRoomClient } from "@parley/client";
import { useEffect, useMemo, useRef, useState } from "react";
import { rememberToken } from "../remember/identity.ts";
import { ownToken } from "../remember/own-token.ts";
import { roomStorage } from "../remember/room-storage.ts";
import { browserFrames } from "./frame-batch.ts";
import { openRoom, type RoomActions } from "./open-room.ts";
import { createRoomStore, type RoomStore } from "./store.ts";

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
  const [store] = useState(() => createRoomStore(Date.now()));
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
      frames: browserFrames,
      now: () => Date.now(),
      keepToken: rememberToken,
    });
    room.current = open;
    return () => {
      room.current = undefined;
      open.close();
    };
  }, [store, roomId, name]);

  const actions = useMemo<RoomActions>(
    () => ({
      say: (text) => room.current?.say(text),
      retry: (id) => room.current?.retry(id),
      amend: (id, text) => room.current?.amend(id, text),
      discard: (id) => room.current?.discard(id),
      typing: (on) => room.current?.typing(on),
      rename: (next) => room.current?.rename(next),
      loadOlder: () => room.current?.loadOlder(),
      reconnect: () => room.current?.reconnect(),
      leave: () => room.current?.leave(),
    }),
    [],
  );
  return { store, actions };
}

/** The server's socket: always on the page's own host. */
function socketUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/ws`;
}
