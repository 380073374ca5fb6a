import {
  systemClock,
  type PendingMessage,
  type RoomClientOptions,
  type RoomTap,
} from "@parley/client";
import { createConversationClients } from "@parley/client/conversations";
import type { Member, RangFrame } from "@parley/protocol";
import { createStore } from "zustand/vanilla";
import {
  storedBell,
  storedDeletions,
  storedReopened,
  type ReopenedConversation,
} from "../storage/room-contents.ts";
import { storedConversations } from "../storage/conversations.ts";
import { storedEdit, storedReply } from "../storage/drafts.ts";
import { addressed } from "./addressed.ts";
import {
  GUEST,
  changed,
  heardBell,
  heardRing,
  listedAs,
  withConversation,
  withoutDoubles,
  type ConversationList,
  type Heard,
} from "./conversation-list.ts";
import { filesPart, lazyUploads } from "./files/part.ts";
import { browserFrames } from "./frame-batch.ts";
import { createRoom } from "./open-room.ts";
import { isSending } from "./pending-changes.ts";
import { onGoingAway } from "./page-going.ts";
import { createRoomStore, type RoomStore } from "./store.ts";
import { countUnread } from "./unread.ts";
import type { PrivateConversations, ConversationsState, OpenedRoom } from "./opened-room.ts";

/** How many conversations stay open without being shown; a server allows 16. */
const OPEN_MAX = 8;
/** How many are open before another one in which something waits is opened. */
const SENDING_MAX = 12;

interface OpenTalk {
  readonly id: string;
  readonly room: OpenedRoom;
  readonly end: () => void;
}

/** The room, and what its client was made from. */
interface ConversationsDeps {
  readonly room: Pick<OpenedRoom, "roomId" | "store" | "actions" | "conversations">;
  readonly options: RoomClientOptions;
  readonly tap: RoomTap;
}

export function createConversations({
  room,
  options,
  tap,
}: ConversationsDeps): PrivateConversations {
  const { roomId } = room;
  const list = storedConversations(roomId);
  list.write(withoutDoubles(list.read()));
  const bell = storedBell(roomId);
  const reopened = storedReopened(roomId);
  const store = createStore<ConversationsState>()(() => ({
    list: list.read(),
    shown: { is: "nothing" },
  }));
  const listeners = new Set<(from: Member) => void>();
  /** The one that was shown last at the end. */
  let open: readonly OpenTalk[] = [];
  let leaving: Promise<unknown> | undefined;

  const write = (next: ConversationList) => {
    list.write(next);
    store.setState({ list: next });
  };
  const hear = (heard: Heard) => {
    // In this order: a ring that is stored as heard is in the list.
    write(heard.list);
    bell.write(heard.since);
  };
  const change = (id: string, values: Parameters<typeof changed>[2]) => {
    const before = list.read();
    const next = changed(before, id, values);
    if (next !== before) write(next);
  };
  const nameOf = (id: string): string => {
    const { people, lastNames } = room.store.getState();
    const member = people?.members.find((each) => each.id === id);
    return member?.name ?? lastNames.get(id) ?? GUEST;
  };
  const rang = (ring: RangFrame["payload"]) => {
    const before = { list: list.read(), since: bell.read() };
    const heard = heardRing(before, ring, nameOf);
    if (heard.since !== before.since) hear(heard);
    else store.setState({ list: before.list });
    if (ring.to !== undefined) return undefined;
    const talk = open.find(({ id }) => id === ring.from.id);
    if (talk?.room.store.getState().watching) return change(ring.from.id, { unread: 0 });
    for (const listener of listeners) listener(ring.from);
    return undefined;
  };
  const clients = createConversationClients(options, tap, {
    bell: (told) => hear(heardBell({ list: list.read(), since: bell.read() }, told, nameOf)),
    rang,
    rename: room.actions.rename,
  });

  const openTalk = (id: string, name: string, via: string | undefined): OpenTalk => {
    const known = list.read().find((each) => each.id === id);
    const roomOfTwo = `${roomId}/${id}`;
    const talkStore = createRoomStore(systemClock.now(), {
      lastRead: known && (known.lastRead ?? 0),
      faces: room.store.getState().faces,
      replyTarget: storedReply(roomOfTwo).read(),
      edit: storedEdit(roomOfTwo).read(),
    });
    const { actions, connect } = createRoom(talkStore);
    // What was written waits for somebody who left before it was sent.
    const wasHere = () => list.read().some((each) => each.id === id);
    const knownVia = via ?? known?.via;
    const files = filesPart({
      path: `/api/rooms/${roomId}/with/${encodeURIComponent(id)}/files`,
      query: knownVia === undefined ? "" : `?via=${encodeURIComponent(knownVia)}`,
    });
    const client = clients.with(id, { via: knownVia, wasHere, files: lazyUploads(files) });
    const { sendDecided, close } = connect(client, {
      frames: browserFrames,
      now: () => systemClock.now(),
      // The room keeps it.
      keepToken: () => undefined,
      decided: storedDeletions(roomOfTwo),
    });
    let pending: readonly PendingMessage[] = [];
    client.subscribe((event) => {
      if (event.type === "pending") ({ pending } = event);
    });
    const stops = [
      onGoingAway(sendDecided),
      room.store.subscribe(({ faces }, before) => {
        if (faces !== before.faces) talkStore.setState({ faces });
      }),
      talkStore.subscribe((state, before) => {
        const { messages, outgoing, lastRead, status } = state;
        const isChanged =
          messages !== before.messages ||
          outgoing !== before.outgoing ||
          lastRead !== before.lastRead ||
          status !== before.status;
        if (!isChanged) return;
        keep(id, name, state, via);
        sendWaiting();
      }),
    ];
    return {
      id,
      room: {
        roomId: roomOfTwo,
        store: talkStore,
        actions,
        files,
        conversations: room.conversations,
        partner: { id, name },
      },
      end() {
        for (const stop of stops) stop();
        close();
        // No frame puts into the store what closing sends, or what was sent in the last moment.
        const state = talkStore.getState();
        if (isSending(pending) !== isSending(state.outgoing)) {
          keep(id, name, { ...state, outgoing: pending }, via);
        }
        clients.close(id);
      },
    };
  };
  /** Lists a conversation that is not empty, and stores how far it was read. */
  const keep = (
    id: string,
    name: string,
    state: ReturnType<RoomStore["getState"]>,
    via: string | undefined,
  ) => {
    const { messages, outgoing, lastRead, head, lastReadBefore, status } = state;
    const before = list.read();
    const known = before.find((each) => each.id === id);
    const at = outgoing.at(-1)?.at ?? messages.at(-1)?.at ?? known?.at;
    if (at === undefined) return;
    const isRead = lastReadBefore === undefined && head > 0 && countUnread(state) === 0;
    const next = {
      name,
      via,
      unread: 0,
      ...known,
      id,
      at: Math.max(at, known?.at ?? 0),
      // Before it joined, what waits may not be read yet.
      isWaiting: isSending(outgoing) || (status.is !== "joined" && known?.isWaiting),
      ...(isRead && { lastRead, unread: 0 }),
    };
    const isSame = known !== undefined && changed(before, id, next) === before;
    if (!isSame) write(withConversation(before, next));
  };
  /** Whether it is on the screen, or something waits in it that may not be read yet. */
  const isNeeded = ({ id, room: talk }: OpenTalk): boolean => {
    const { shown } = store.getState();
    const isShown = shown.is === "conversation" && shown.talk === talk;
    const isWaiting = list.read().some((known) => known.id === id && known.isWaiting);
    return isShown || isWaiting || talk.store.getState().outgoing.length > 0;
  };
  const talkWith = (id: string, name: string, via?: string): OpenTalk => {
    const talk = open.find((each) => each.id === id) ?? openTalk(id, name, via);
    const others = open.filter((each) => each !== talk);
    const surplus = Math.max(0, others.length + 1 - OPEN_MAX);
    const closed = others.filter((each) => !isNeeded(each)).slice(0, surplus);
    open = [...others.filter((each) => !closed.includes(each)), talk];
    for (const each of closed) each.end();
    return talk;
  };
  /** Opens those in which something waits without showing them, the next when one is done. */
  const sendWaiting = () => {
    if (leaving) return;
    for (const { id, name, isWaiting } of list.read()) {
      const isOpen = open.some((each) => each.id === id);
      if (isWaiting && !isOpen && open.filter(isNeeded).length < SENDING_MAX) talkWith(id, name);
    }
  };
  const leaveShown = () => {
    const { shown } = store.getState();
    if (shown.is !== "conversation") return;
    const { setWatching, endNew } = shown.talk.store.getState();
    setWatching(false);
    endNew();
  };
  const show = (shown: ConversationsState["shown"], toReopen?: ReopenedConversation) => {
    leaveShown();
    reopened.write(toReopen);
    store.setState({ shown });
  };

  sendWaiting();
  const unwatch = list.watch(() => {
    store.setState({ list: list.read() });
    // A tab that does not show it counted the same message at the same moment.
    const watched = open.find((talk) => talk.room.store.getState().watching);
    if (watched) change(watched.id, { unread: 0 });
  });
  const openWith: PrivateConversations["open"] = (partner, { via, text = "" } = {}) => {
    const { room: talk } = talkWith(partner.id, partner.name, via);
    change(partner.id, { name: partner.name });
    const given = text === "" ? undefined : { text };
    show({ is: "conversation", talk, partner, given }, { ...partner, via });
  };
  return {
    store,
    open: openWith,
    openAgain: () => {
      const before = reopened.read();
      if (!before || store.getState().shown.is !== "nothing") return;
      const { id, name } = listedAs(list.read(), before.id) ?? before;
      openWith({ id, name }, { via: before.via });
    },
    openFor: (written) => {
      const { people } = room.store.getState();
      const others = people?.members.filter(({ id }) => id !== people.self.id) ?? [];
      const found = addressed(written, others);
      if (found.is === "refused") return found.why;
      openWith(found.member, { text: found.text });
      return undefined;
    },
    connect: (place) => {
      const known = listedAs(list.read(), place);
      if (known && open.every(({ id }) => id !== known.id)) change(known.id, { isWaiting: true });
      sendWaiting();
    },
    showList: () => show({ is: "list" }),
    close: () => show({ is: "nothing" }),
    onRing: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    leave: async () => {
      leaving = Promise.all(open.map(({ room: talk }) => talk.actions.leave()));
      await leaving;
    },
    end: () => {
      show({ is: "nothing" });
      unwatch();
      const ended = open;
      open = [];
      const close = () => ended.forEach(({ end }) => end());
      // What is sent meanwhile is still noted in the list.
      if (leaving) void leaving.then(close);
      else close();
    },
  };
}
