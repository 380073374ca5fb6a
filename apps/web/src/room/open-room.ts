import type { PendingMessage, RoomClient } from "@parley/client";
import type { EntryRequest, FileInfo } from "@parley/protocol";
import { applyEvents } from "./apply-events.ts";
import { createFrameBatch, type AnimationFrames } from "./frame-batch.ts";
import type { DayOutcome } from "./day-search.ts";
import type { Message } from "./message.ts";
import { failedOlder, type FetchPage, loadOlder } from "./history.ts";
import { failedEditsOf, isDeleted, isSending, refusedChanges } from "./pending-changes.ts";
import { nameRequested } from "./presence-slice.ts";
import type { RoomStore } from "./store.ts";
import { createUndoableDeletions, type DeletionDeps } from "./undoable-deletions.ts";

/** What a member can do in a room. */
export interface RoomActions {
  /**
   * Sends a message; it is stored until it is acknowledged, connected or not (SPEC D5).
   * @param replyTo the id of the message that it replies to
   * @param files are uploaded first
   */
  readonly say: (text: string, replyTo?: string, files?: readonly FileInfo[]) => void;
  /** Sends a failed message again. */
  readonly retry: (id: string) => void;
  /** Changes the text of a refused message and sends it again, in its old place. */
  readonly amend: (id: string, text: string) => void;
  /** Replaces the text of one's own message; discards its refused edits. */
  readonly edit: (target: string, text: string) => void;
  /** Adds or removes a reaction. */
  readonly react: (target: string, emoji: string, on: boolean) => void;
  /** Deletes one's own message; this can be undone for a while. */
  readonly deleteMessage: (id: string) => void;
  /** Undoes a deletion. */
  readonly undoDelete: (id: string) => void;
  /** Discards a message that is not acknowledged; it is deleted if it may have arrived. */
  readonly discard: (id: string) => void;
  /** Reports that one is typing, or stopped. */
  readonly typing: (on: boolean) => void;
  readonly rename: (name: string) => void;
  /** Adds any other entry, such as a setting; a refusal is reported. */
  readonly write: (request: EntryRequest) => void;
  /** Loads the page before the first message that is shown. */
  readonly loadOlder: () => void;
  /** Loads unread messages before the first one that is loaded, up to a limit. */
  readonly loadUnread: () => void;
  /** Jumps to the message with this `seq`, and loads the log back to it if needed. */
  readonly jumpTo: (seq: number) => void;
  /** Jumps to the first message since a time (ms since 1970), such as the beginning of a day. */
  readonly jumpToDay: (begins: number) => Promise<DayOutcome>;
  /** Connects at once. */
  readonly reconnect: () => void;
  /**
   * Leaves for good, off the list of members (SPEC P4): at once, or after up to 2 s in which what is
   * pending is sent, also privately, decided deletions included. Closing the connection meanwhile does
   * not end that.
   */
  readonly leave: () => Promise<void>;
}

/** How long what is pending delays that a member leaves, in ms. */
const LEAVE_WAIT_MS = 2_000;

/** What a room needs of the browser to connect. */
export interface OpenRoomDeps {
  readonly frames: AnimationFrames;
  /** ms since 1970. */
  readonly now: () => number;
  /** Stores the token by which this browser is the same member again (SPEC P2). */
  readonly keepToken: (token: string) => void;
  /** The stored deletions that can still be undone. */
  readonly decided: DeletionDeps["decided"];
  /** Leaves the private conversations in the room, as `leave` leaves the room. */
  readonly leaveConversations?: () => Promise<void>;
}

/** A room that is connected to a client. */
interface RoomConnection {
  /** The page may close at any moment: sends the decided deletions now. */
  readonly sendDecided: () => void;
  /** Disconnects; the member stays (SPEC P1). */
  readonly close: () => void;
}

/** A store, its actions, and the client that carries them out while one is connected. */
export interface ConnectableRoom {
  /** Always the same object. While no client is connected, the actions do nothing. */
  readonly actions: RoomActions;
  /** Connects a client to the store: its events are applied once an animation frame. */
  readonly connect: (client: RoomClient, deps: OpenRoomDeps) => RoomConnection;
}

/** Creates a room whose store can be connected to one client after another. */
export function createRoom(store: RoomStore): ConnectableRoom {
  let open: ReturnType<typeof openRoom> | undefined;
  const actions: RoomActions = {
    say: (text, replyTo, files) => {
      if (!open) return;
      open.client.say(text, { ...(replyTo !== undefined && { replyTo }), ...(files && { files }) });
      store.setState(({ sentCount }) => ({ sentCount: sentCount + 1, firstUnread: undefined }));
    },
    retry: (id) => open?.client.retry(id),
    amend: (id, text) => open?.client.amend(id, text),
    edit: (target, text) => {
      for (const id of failedEditsOf(store.getState().outgoing, target)) open?.client.discard(id);
      open?.client.edit(target, text);
    },
    react: (target, emoji, on) => open?.client.react(target, emoji, on),
    deleteMessage: (id) => open?.deletions.deleteMessage(id),
    undoDelete: (id) => open?.deletions.undoDelete(id),
    discard: (id) => open?.client.discard(id),
    typing: (on) => open?.client.typing(on),
    rename: (name) => {
      if (!open) return;
      store.setState((state) => ({ refusal: undefined, ...nameRequested(state, name) }));
      open.client.rename(name);
    },
    write: (request) => {
      store.setState({ refusal: undefined });
      open?.client.write(request);
    },
    loadOlder: () => open && void loadOlder(store, open.fetchPage),
    loadUnread: () =>
      void import("./jump.ts").then(
        ({ loadUnread }) => open && loadUnread(store, open.fetchPage),
        // Its file could not be fetched.
        () => store.setState(({ older }) => ({ older: failedOlder(older) })),
      ),
    jumpTo: (seq) =>
      void import("./jump.ts").then(
        ({ jumpTo }) => open && jumpTo(store, open.fetchPage, open.frames, seq, open.newest),
        () => store.setState({ jumpTarget: { is: "failed", seq } }),
      ),
    jumpToDay: async (begins) => {
      const { jumpToDay } = await import("./day-search.ts");
      return open ? jumpToDay(store, open.fetchPage, open.frames, begins) : "failed";
    },
    reconnect: () => open?.client.reconnect(),
    leave: async () => open?.leave(),
  };
  return {
    actions,
    connect: (client, deps) => {
      const opened = openRoom(store, client, deps);
      open = opened;
      return {
        sendDecided: opened.deletions.sendDecided,
        close: () => {
          opened.close();
          if (open === opened) open = undefined;
        },
      };
    },
  };
}

function openRoom(
  store: RoomStore,
  client: RoomClient,
  { frames, now, keepToken, decided, leaveConversations }: OpenRoomDeps,
) {
  const batch = createFrameBatch(frames, (events: Parameters<typeof applyEvents>[1]) => {
    applyEvents(store, events, now());
    dropRefusedChanges(store, client);
  });
  let outgoing: readonly PendingMessage[] = [];
  const deletions = createUndoableDeletions(store, {
    frames,
    now,
    decided,
    sendDeletion: (id) => removeOnce(client, store.getState().messages, outgoing, id),
  });
  const fetchPage: FetchPage = (before, limit) => client.history(before, limit);
  const unsubscribe = client.subscribe((event) => {
    if (event.type === "pending") outgoing = event.pending;
    if (event.type === "status" && event.status.is === "joined" && client.token) {
      keepToken(client.token);
    }
    batch.add(event);
  });
  let isLeaving = false;
  const leave = async () => {
    isLeaving = true;
    deletions.sendDecided();
    const sent = new Promise<void>((resolve) => {
      frames.after(LEAVE_WAIT_MS, resolve);
      client.subscribe((event) => {
        if (event.type === "pending" && !isSending(event.pending)) resolve();
      });
    });
    await Promise.all([sent, leaveConversations?.()]);
    client.leave();
  };
  const close = () => {
    deletions.sendDecided();
    unsubscribe();
    batch.close();
    if (!isLeaving) client.close();
  };
  const newest = () => client.head;
  return { client, frames, deletions, fetchPage, newest, leave, close };
}

/** Discards refused entries except messages and edits, and tells the user why if it matters. */
function dropRefusedChanges(store: RoomStore, client: RoomClient): void {
  for (const { id, frame, state } of refusedChanges(store.getState().outgoing)) {
    if (state.is !== "failed") continue;
    // What is to be deleted may never have arrived.
    const isGone = frame.type === "delete" && state.refusal.code === "unknown_target";
    if (!isGone) store.setState({ refusal: state.refusal });
    client.discard(id);
  }
}

/** An entry that is not acknowledged is discarded; a deletion is not sent twice. */
function removeOnce(
  client: RoomClient,
  messages: readonly Message[],
  outgoing: readonly PendingMessage[],
  id: string,
): void {
  if (isDeleted({ messages, outgoing }, id)) return;
  const is = outgoing.find((each) => each.id === id)?.state.is;
  if (is === "queued" || is === "failed") client.discard(id);
  else client.delete(id);
}
