import type { Outgoing, RoomClient } from "@parley/client";
import { applyEvents } from "./apply-events.ts";
import { createFrameBatch, type Frames } from "./frame-batch.ts";
import type { Message } from "./message.ts";
import { type FetchPage, loadOlder, jumpTo } from "./history.ts";
import { failedEditsOf, pendingChangesOf, refusedChanges } from "./pending-changes.ts";
import type { RoomStore } from "./store.ts";
import { createUndoableDeletions, type DeletionDeps } from "./undoable-deletions.ts";

/** What a person can do in a room. */
export interface RoomActions {
  /**
   * Says something; it is kept until it is acknowledged, connected or not (SPEC D5).
   * @param replyTo the id of the message that it answers
   */
  readonly say: (text: string, replyTo?: string) => void;
  /** Sends a failed message again. */
  readonly retry: (id: string) => void;
  /** Gives a refused message another text and sends it again, in its old place. */
  readonly amend: (id: string, text: string) => void;
  /** Replaces the text of one's own message; what the server refused of it before is forgotten. */
  readonly edit: (target: string, text: string) => void;
  /** Adds a reaction to a message, or takes it back. */
  readonly react: (target: string, emoji: string, on: boolean) => void;
  /** Takes back one's own message, which can be undone for a while. */
  readonly deleteMessage: (id: string) => void;
  /** Undoes that. */
  readonly undoDelete: (id: string) => void;
  /** Forgets a message that was not sent. */
  readonly discard: (id: string) => void;
  /** Tells that one is typing, or no longer is. */
  readonly typing: (on: boolean) => void;
  readonly rename: (name: string) => void;
  /** Brings the page before the first message that is shown. */
  readonly loadOlder: () => void;
  /** Looks for the message with this `seq`, and brings the log as far back as it takes. */
  readonly jumpTo: (seq: number) => void;
  /** Tries to connect at once. */
  readonly reconnect: () => void;
  /** Leaves for good: off the list at once (SPEC P4). */
  readonly leave: () => void;
}

/** What joins a store to a client: the parts of the browser that it needs. */
export interface RoomDeps {
  readonly frames: Frames;
  /** ms since 1970. */
  readonly now: () => number;
  /** Keeps the token by which this browser comes back as the same person (SPEC P2). */
  readonly keepToken: (token: string) => void;
  /** Where deletions are kept that can still be undone. */
  readonly deletions: Pick<DeletionDeps, "decided" | "decide">;
}

/**
 * Joins a room client to a store: what it tells goes in once an animation frame.
 * @returns what a person can do; `settle`: this page may go away at any moment, what was decided is
 *   sent; and `close`: it goes, the person stays (SPEC P1)
 */
export function openRoom(
  store: RoomStore,
  client: RoomClient,
  { frames, now, keepToken, deletions }: RoomDeps,
): RoomActions & { readonly sendDecided: () => void; readonly close: () => void } {
  const batch = createFrameBatch(frames, (events: Parameters<typeof applyEvents>[1]) => {
    applyEvents(store, events, now());
    dropRefusedChanges(store, client);
  });
  const { deleteMessage, undoDelete, sendDecided } = createUndoableDeletions(store, {
    frames,
    now,
    ...deletions,
    sendDeletion: (id) => removeOnce(client, store.getState().messages, outgoing, id),
  });
  const fetchPage: FetchPage = (before, limit) => client.history(before, limit);
  let outgoing: readonly Outgoing[] = [];
  const unsubscribe = client.subscribe((event) => {
    if (event.type === "outgoing") outgoing = event.outgoing;
    if (event.type === "status" && event.status.is === "joined" && client.token) {
      keepToken(client.token);
    }
    batch.add(event);
  });
  return {
    say: (text, replyTo) => {
      client.say(text, ...(replyTo === undefined ? [] : [{ replyTo }]));
      store.setState(({ sentCount }) => ({ sentCount: sentCount + 1, firstUnread: undefined }));
    },
    retry: (id) => client.retry(id),
    amend: (id, text) => client.amend(id, text),
    edit: (target, text) => {
      for (const id of failedEditsOf(store.getState().outgoing, target)) client.discard(id);
      client.edit(target, text);
    },
    react: (target, emoji, on) => client.react(target, emoji, on),
    deleteMessage,
    undoDelete,
    discard: (id) => client.discard(id),
    typing: (on) => client.typing(on),
    rename: (name) => {
      store.setState({ refusal: undefined });
      client.rename(name);
    },
    loadOlder: () => void loadOlder(store, fetchPage),
    jumpTo: (seq) => void jumpTo(store, fetchPage, frames, seq),
    reconnect: () => client.reconnect(),
    leave: () => {
      sendDecided();
      client.leave();
    },
    sendDecided,
    close: () => {
      sendDecided();
      unsubscribe();
      batch.close();
      client.close();
    },
  };
}

/** A reaction or a deletion that the server refused is forgotten, and the reader told why. */
function dropRefusedChanges(store: RoomStore, client: RoomClient): void {
  for (const { id, state } of refusedChanges(store.getState().outgoing)) {
    if (state.is === "failed") store.setState({ refusal: state.refusal });
    client.discard(id);
  }
}

/** What has not left yet need not; what was deleted before is not deleted again. */
function removeOnce(
  client: RoomClient,
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
  id: string,
): void {
  const is = outgoing.find((each) => each.id === id)?.state.is;
  if (is === "queued" || is === "failed") return client.discard(id);
  const isGone =
    pendingChangesOf(outgoing, id).deletion !== undefined ||
    messages.findLast((message) => message.id === id)?.body.is === "deleted";
  if (!isGone) client.remove(id);
  return undefined;
}
