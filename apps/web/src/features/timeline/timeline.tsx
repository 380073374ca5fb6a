import { unreachable } from "@parley/protocol";
import type { Outgoing } from "@parley/client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useRoom, useRoomActions } from "../../room/room-context.ts";
import { useVisible } from "../../ui/use-visible.ts";
import { EmptyRoom } from "../invite/empty-room.tsx";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { createPointed, PointedContext } from "../messages/active-row.ts";
import { RowMenus } from "../messages/row-menus.tsx";
import { SoughtLine } from "./jump-status.tsx";
import { ToldLine } from "../messages/toast.tsx";
import { useFocusedLine } from "./use-focused-line.ts";
import { useFoundLine } from "./use-found-line.ts";
import { useLinkedMessage } from "./use-linked-message.ts";
import { useRowGestures } from "../messages/use-row-gestures.ts";
import { Announcer } from "./announcer.tsx";
import { layOut, type Item } from "./items.ts";
import { JumpToLatest } from "./jump-to-latest.tsx";
import { LogStart } from "./history-start.tsx";
import { MessageList, type MessageListHandle } from "./message-list.tsx";
import { MessageRow } from "./message-row.tsx";
import { OutgoingRow } from "./outgoing-row.tsx";
import { DayLine, NewLine, NoteLine } from "./separators.tsx";

/** The room's messages, from the first that was fetched to what is not sent yet. */
export function Timeline() {
  const [pointed] = useState(createPointed);
  return (
    <PointedContext value={pointed}>
      <Messages />
      <RowMenus />
    </PointedContext>
  );
}

function Messages() {
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<MessageListHandle>(null);
  const { loadOlder } = useRoomActions();
  const items = useItems();
  const prepended = useRoom(({ grew }) => grew === "up");
  const [stuck, setStuck] = useState(true);
  useWatching(stuck);
  useOwnMessagesScroll(list);
  useRowGestures(frame);
  useLinkedMessage();
  useFoundLine(frame, list, items);
  const kept = useFocusedLine(frame, items);
  const draw = useDraw();

  const jump = () => {
    list.current?.toEnd();
    // The button goes away: the focus goes on to what it led to.
    list.current?.focus();
  };
  useShortcut("End", () => {
    // Whoever is about to write stays there.
    if (document.activeElement instanceof HTMLTextAreaElement) list.current?.toEnd();
    else jump();
  });

  return (
    <div ref={frame} className="relative min-h-0 grow">
      <MessageList
        ref={list}
        items={items}
        prepended={prepended}
        kept={kept}
        stuck={stuck}
        onStuck={setStuck}
        onNearTop={loadOlder}
      >
        {draw}
      </MessageList>
      <EmptyRoom />
      {!stuck && <JumpToLatest onJump={jump} />}
      <SoughtLine />
      <ToldLine />
      <Announcer />
    </div>
  );
}

function useItems(): readonly Item[] {
  const messages = useRoom((state) => state.messages);
  const outgoing = useRoom((state) => state.outgoing);
  const notes = useRoom((state) => state.notes);
  const seams = useRoom((state) => state.seams);
  const newFrom = useRoom((state) => state.newFrom);
  const selfId = useRoom(({ people }) => people?.self.id);
  return useMemo(
    () => layOut({ messages, outgoing, notes, seams, newFrom, selfId }),
    [messages, outgoing, notes, seams, newFrom, selfId],
  );
}

/** Draws one line; all of them keep to one column. */
function useDraw(): (item: Item) => React.ReactElement {
  const setComposing = useRoom((state) => state.setComposing);
  const amend = useCallback(
    ({ id, frame }: Outgoing) => {
      if (frame.type === "chat") {
        setComposing({ is: "amending", id, text: frame.payload.message });
      }
    },
    [setComposing],
  );
  return useCallback((item: Item) => <Line key={item.key} item={item} onAmend={amend} />, [amend]);
}

function Line({ item, onAmend }: { item: Item; onAmend: (outgoing: Outgoing) => void }) {
  switch (item.kind) {
    case "start":
      return <LogStart />;
    case "day":
      return <DayLine at={item.at} />;
    case "new":
      return <NewLine />;
    case "note":
      return <NoteLine note={item.note} />;
    case "message":
      return <MessageRow message={item.message} opens={item.opens} />;
    case "outgoing":
      return <OutgoingRow outgoing={item.outgoing} opens={item.opens} onEdit={onAmend} />;
    default:
      return unreachable(item);
  }
}

/** The latest message is really seen only while the page is in view and scrolled to its end. */
function useWatching(stuck: boolean): void {
  const visible = useVisible();
  const setWatching = useRoom((state) => state.setWatching);
  useEffect(() => setWatching(stuck && visible), [setWatching, stuck, visible]);
}

/** One's own message is always scrolled to. */
function useOwnMessagesScroll(list: React.RefObject<MessageListHandle | null>): void {
  const said = useRoom((state) => state.said);
  useEffect(() => {
    if (said > 0) list.current?.toEnd();
  }, [list, said]);
}
