import type { PendingMessage } from "@parley/client";
import { unreachable } from "@parley/protocol";
import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { clockTime } from "../../room/day.ts";
import { usePartner, useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import { OpenPicture } from "../files/lazy-files.tsx";
import { lazyComponent, onceShown, useShown } from "../../ui/lazy.tsx";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import { useVisible } from "../../ui/use-page.ts";
import { LazyEmptyRoom } from "../invite/lazy-invite.tsx";
import { createActiveRow, ActiveRowContext, useActiveRow } from "../messages/active-row.ts";
import { rowElement } from "../messages/row-elements.ts";
import { useRowGestures } from "../messages/row-gestures.ts";
import { LazyRowMenu } from "../messages/lazy-row-tools.tsx";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { Announcer } from "./announcer.tsx";
import { DayLine, HistoryStart, LazyNoteLine, NewLine, type AskForDay } from "./separators.tsx";
import { type Item, layOut } from "./items.ts";
import { type FoldingList, FoldingListContext } from "./lazy-fold.tsx";
import { askForDay, createListView } from "./list-view.ts";
import { MessageList, type MessageListHandle } from "./message-list.tsx";
import { MessageRow } from "./message-row.tsx";
import { LazySetLine } from "../settings/lazy-settings.tsx";
import { useIsOpen, useNewPlace, useReadOnTheWay } from "./opening.ts";
import type { Hold } from "./stick.ts";

/** Loaded once the room is drawn: they are not needed for that. */
const AroundList = lazyComponent(
  onceShown(async () => (await import("./around-list.tsx")).AroundList),
);
const LazySwipeToReply = lazyComponent(
  onceShown(async () => (await import("../messages/swipe-to-reply.tsx")).SwipeToReply),
);
const LazyJumps = lazyComponent(onceShown(async () => (await import("./jumps.tsx")).Jumps));

/** The room's messages, from the first that was loaded to pending ones. */
export function Timeline() {
  const [activeRow] = useState(createActiveRow);
  return (
    <ActiveRowContext value={activeRow}>
      <Messages />
      <LazyRowMenu />
      <OpenPicture />
    </ActiveRowContext>
  );
}

function Messages() {
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<MessageListHandle>(null);
  const { loadOlder } = useRoomActions();
  const roomNow = useRoomNow();
  const items = useItems();
  const prepended = useRoom(({ lastChange }) => lastChange === "up");
  const newPlace = useNewPlace(items);
  const isOpen = useIsOpen();
  const isUnknown = useRoom(
    ({ older, outgoing }) => older.is === "unknown" && outgoing.length === 0,
  );
  useShown(!isUnknown);
  useClockReady();
  const [hold, setHold] = useState<Hold>("opening");
  const [view] = useState(createListView);
  useWatching(hold === "stuck");
  useReadOnTheWay(view, items, hold);
  useOwnMessagesScroll(list);
  useRowGestures(frame);
  const kept = useFocusedRow(frame, items);
  const folding = useFoldingList(list, items);
  const isPrivate = usePartner() !== undefined;
  const draw = useDraw(useCallback((at, pressed) => askForDay(view, at, pressed), [view]));

  const jump = () => {
    list.current?.toEnd();
    // The button goes away, so the list takes the focus.
    list.current?.focus();
  };
  useShortcut("End", () => {
    // A user who is about to write stays at the end.
    if (document.activeElement instanceof HTMLTextAreaElement) list.current?.toEnd();
    else jump();
  });

  return (
    <>
      <LazyJumps frame={frame} list={list} items={items} />
      <div ref={frame} className="@container relative min-h-0 grow">
        {isUnknown && (
          <div className="absolute inset-0 overflow-clip">
            <SkeletonRows />
          </div>
        )}
        <FoldingListContext value={folding}>
          <MessageList
            ref={list}
            label={isPrivate ? "Conversation" : "Messages"}
            items={items}
            prepended={prepended}
            kept={kept}
            newPlace={newPlace}
            isOpen={isOpen}
            hold={hold}
            // Where a movement ends decides.
            onHold={(next) => next !== "leaving" && setHold(next)}
            onView={view.setState}
            onNearTop={loadOlder}
            // A page that could not be loaded is not requested again and again.
            onLow={() => roomNow().older.is === "more" && loadOlder()}
          >
            {draw}
          </MessageList>
        </FoldingListContext>
        {!isPrivate && <LazyEmptyRoom />}
        <AroundList
          view={view}
          items={items}
          newPlace={newPlace}
          hold={hold}
          onLatest={jump}
          onUp={() => {
            if (newPlace !== undefined) list.current?.toItem(newPlace, "start");
            list.current?.focus();
          }}
        />
        <LazySwipeToReply frame={frame} />
        <Announcer />
      </div>
    </>
  );
}

/**
 * Writes a time while the server is asked for messages: the first one takes a browser 30 ms and more,
 * which the messages would wait for.
 */
function useClockReady(): void {
  useEffect(() => {
    const timer = setTimeout(() => clockTime(Date.now()));
    return () => clearTimeout(timer);
  }, []);
}

function useItems(): readonly Item[] {
  const messages = useRoom((state) => state.messages);
  const outgoing = useRoom((state) => state.outgoing);
  const notes = useRoom((state) => state.notes);
  const setEntries = useRoom((state) => state.setEntries);
  const pageBoundaries = useRoom((state) => state.pageBoundaries);
  const firstUnread = useRoom((state) => state.firstUnread);
  const selfId = useRoom(({ people }) => people?.self.id);
  return useMemo(
    () => layOut({ messages, outgoing, notes, setEntries, pageBoundaries, firstUnread, selfId }),
    [messages, outgoing, notes, setEntries, pageBoundaries, firstUnread, selfId],
  );
}

/** Keeps the list in place as a row is folded or unfolded. */
function useFoldingList(
  list: RefObject<MessageListHandle | null>,
  items: readonly Item[],
): FoldingList {
  return useMemo(
    () => ({
      release: () => list.current?.release(),
      toRow: (row) => {
        const place = items.findIndex(({ key }) => key === row);
        if (place !== -1) list.current?.toItem(place, "start");
      },
    }),
    [list, items],
  );
}

/** Draws one item; all of them are in one column. */
function useDraw(onDay: AskForDay): (item: Item) => React.ReactElement {
  const setComposing = useRoom((state) => state.setComposing);
  const amend = useCallback(
    ({ id, frame }: PendingMessage) => {
      if (frame.type === "chat") {
        setComposing({ is: "amending", id, text: frame.payload.message });
      }
    },
    [setComposing],
  );
  return useCallback(
    (item: Item) => <ItemRow key={item.key} item={item} onAmend={amend} onDay={onDay} />,
    [amend, onDay],
  );
}

function ItemRow({
  item,
  onAmend,
  onDay,
}: {
  item: Item;
  onAmend: (outgoing: PendingMessage) => void;
  onDay: AskForDay;
}) {
  switch (item.kind) {
    case "start":
      return <HistoryStart />;
    case "day":
      return <DayLine at={item.at} onAsk={onDay} />;
    case "new":
      return <NewLine />;
    case "note":
      return <LazyNoteLine note={item.note} />;
    case "set":
      return <LazySetLine entry={item.entry} />;
    case "message":
      return (
        <MessageRow
          row={item.key}
          mine={item.mine}
          message={item.message}
          opens={item.opens}
          dated={item.dated}
          onAmend={onAmend}
        />
      );
    case "outgoing":
      return (
        <MessageRow
          row={item.key}
          mine
          outgoing={item.outgoing}
          opens={item.opens}
          dated={false}
          onAmend={onAmend}
        />
      );
    default:
      return unreachable(item);
  }
}

/**
 * The latest message is really seen only while the page is visible and scrolled to its end. When it
 * is hidden, the "New" line goes if everything was read.
 */
function useWatching(stuck: boolean): void {
  const visible = useVisible();
  const setWatching = useRoom((state) => state.setWatching);
  const endNew = useRoom((state) => state.endNew);
  useEffect(() => setWatching(stuck && visible), [setWatching, stuck, visible]);
  useEffect(
    () => () => {
      setWatching(false);
      endNew();
    },
    [setWatching, endNew],
  );
  useEffect(() => {
    if (!visible) endNew();
  }, [endNew, visible]);
}

/** Scrolls to one's own new messages. */
function useOwnMessagesScroll(list: React.RefObject<MessageListHandle | null>): void {
  const sentCount = useRoom((state) => state.sentCount);
  useEffect(() => {
    if (sentCount > 0) list.current?.toEnd();
  }, [list, sentCount]);
}

/**
 * Keeps the focus of a row that leaves the view, or that is drawn again, such as a pending message
 * that is now in the log.
 * @returns the index of that row: it must stay drawn
 */
function useFocusedRow(
  frame: RefObject<HTMLElement | null>,
  items: readonly Item[],
): number | undefined {
  const focused = useActiveRow((activeRow) => activeRow.focused);
  useLayoutEffect(() => {
    if (focused === undefined || document.activeElement !== document.body) return;
    if (frame.current) rowElement(frame.current, focused)?.focus({ preventScroll: true });
  }, [frame, items, focused]);
  return useMemo(() => {
    const place = focused === undefined ? -1 : items.findIndex(({ key }) => key === focused);
    return place === -1 ? undefined : place;
  }, [items, focused]);
}
