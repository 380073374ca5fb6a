import type { Member } from "@parley/protocol";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { OpenedRoom } from "./opened-room.ts";
import type { RoomActions } from "./open-room.ts";
import type { RoomState, RoomStore } from "./store.ts";

export const RoomContext = createContext<OpenedRoom | undefined>(undefined);

export function useOpenedRoom(): OpenedRoom {
  const room = useContext(RoomContext);
  if (!room) throw new Error("This belongs on a room's screen.");
  return room;
}

/** Selects a part of the room's state; renders again when that part changes. */
export function useRoom<T>(select: (state: RoomState) => T): T {
  return useStore(useOpenedRoom().store, select);
}

export function useRoomActions(): RoomActions {
  return useOpenedRoom().actions;
}

/** Returns the room's present state, for event handlers. */
export function useRoomNow(): () => RoomState {
  return useOpenedRoom().store.getState;
}

/** The store itself, for subscriptions outside React. */
export function useRoomStore(): RoomStore {
  return useOpenedRoom().store;
}

/** The canonical id of the room. */
export function useRoomId(): string {
  return useOpenedRoom().roomId;
}

/** In a private conversation, the other member; undefined in a room. */
export function usePartner(): Member | undefined {
  return useOpenedRoom().partner;
}
