import type { RoomClient } from "@parley/client";
import { applyEvents } from "./apply-events.ts";
import { createFrameBatch, type Frames } from "./frame-batch.ts";
import { loadOlder } from "./older-page.ts";
import type { RoomStore } from "./store.ts";

/** What a person can do in a room. */
export interface RoomActions {
  /** Says something; it is kept until it is acknowledged, connected or not (SPEC D5). */
  readonly say: (text: string) => void;
  /** Sends a failed message again. */
  readonly retry: (id: string) => void;
  /** Gives a refused message another text and sends it again, in its old place. */
  readonly amend: (id: string, text: string) => void;
  /** Forgets a message that was not sent. */
  readonly discard: (id: string) => void;
  /** Tells that one is typing, or no longer is. */
  readonly typing: (on: boolean) => void;
  readonly rename: (name: string) => void;
  /** Brings the page before the first message that is shown. */
  readonly loadOlder: () => void;
  /** Tries to connect at once. */
  readonly reconnect: () => void;
  /** Leaves for good: off the list at once (SPEC P4). */
  readonly leave: () => void;
}

/** What joins a store to a client: the parts of the browser that it needs. */
export interface RoomSurroundings {
  readonly frames: Frames;
  /** ms since 1970. */
  readonly now: () => number;
  /** Keeps the token by which this browser comes back as the same person (SPEC P2). */
  readonly keepToken: (token: string) => void;
}

/**
 * Joins a room client to a store: what it tells goes in once an animation frame.
 * @returns what a person can do, and `close`: this page goes away, the person stays (SPEC P1)
 */
export function openRoom(
  store: RoomStore,
  client: RoomClient,
  { frames, now, keepToken }: RoomSurroundings,
): RoomActions & { readonly close: () => void } {
  const batch = createFrameBatch(frames, (events: Parameters<typeof applyEvents>[1]) => {
    applyEvents(store, events, now());
  });
  const unsubscribe = client.subscribe((event) => {
    if (event.type === "status" && event.status.is === "joined" && client.token) {
      keepToken(client.token);
    }
    batch.add(event);
  });
  return {
    say: (text) => {
      client.say(text);
      store.setState(({ said }) => ({ said: said + 1, newFrom: undefined }));
    },
    retry: (id) => client.retry(id),
    amend: (id, text) => client.amend(id, text),
    discard: (id) => client.discard(id),
    typing: (on) => client.typing(on),
    rename: (name) => {
      store.setState({ refusal: undefined });
      client.rename(name);
    },
    loadOlder: () => void loadOlder(store, (before, limit) => client.history(before, limit)),
    reconnect: () => client.reconnect(),
    leave: () => client.leave(),
    close: () => {
      unsubscribe();
      batch.close();
      client.close();
    },
  };
}
