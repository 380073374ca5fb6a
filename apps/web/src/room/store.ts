import { createStore, type StoreApi } from "zustand/vanilla";
import { doneReading, readingWhile, readUpTo } from "./reading-slice.ts";
import type { Message } from "./message.ts";
import { emptyView, type EarlierVisits, type RoomView } from "./reduce.ts";
import { type Composing } from "./writing-slice.ts";

/** The state of a room's screen, and how its messages change. */
export interface RoomState extends RoomView {
  readonly messages: Message[];
  /**
   * Changes the messages. Takes a function from the present messages to the next, such as
   * `setMessages((m) => [...m, ...batch])`; it must not change the array that it is given.
   * @param view what else changes with them, in the same update
   */
  readonly setMessages: (
    update: (messages: Message[]) => Message[],
    view?: Partial<RoomView>,
  ) => void;
  /** The user started or stopped seeing the latest message. */
  readonly setWatching: (watching: boolean) => void;
  /** The user saw the message with this `seq`, and everything before it. */
  readonly readTo: (seq: number) => void;
  /** Removes the "New" line if everything was read. */
  readonly endNew: () => void;
  readonly setComposing: (composing: Composing) => void;
  /** The id of the picture that is open. */
  readonly picture: string | undefined;
  readonly setPicture: (id: string | undefined) => void;
  /** Ends the jump to a message. */
  readonly endJump: () => void;
  /** The user has read the refusal. */
  readonly dismissRefusal: () => void;
}

export type RoomStore = StoreApi<RoomState>;

/**
 * Creates the store of one visit to one room.
 * @param now ms since 1970
 * @param before what is stored of earlier visits
 */
export function createRoomStore(now: number, before: EarlierVisits = {}): RoomStore {
  return createStore<RoomState>()((set) => ({
    ...emptyView(now, before),
    messages: [],
    setMessages: (update, view) => set(({ messages }) => ({ ...view, messages: update(messages) })),
    setWatching: (watching) => set((state) => readingWhile(watching, state)),
    readTo: (seq) => set((state) => readUpTo(seq, state)),
    endNew: () => set(withoutNew),
    setComposing: (composing) => set({ composing }),
    picture: undefined,
    setPicture: (picture) => set({ picture }),
    endJump: () => set({ jumpTarget: { is: "nothing" } }),
    dismissRefusal: () => set({ refusal: undefined }),
  }));
}

/** Removing that line is a change near the end of the list. */
function withoutNew(state: RoomState): Partial<RoomState> {
  const reading = doneReading(state);
  return "firstUnread" in reading ? { ...reading, lastChange: "down" } : state;
}
