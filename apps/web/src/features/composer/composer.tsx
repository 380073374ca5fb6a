import { unreachable } from "@parley/protocol";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { IconX } from "@tabler/icons-react";
import { namesOf } from "../../room/message.ts";
import { useOpenedRoom, useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import { storedDraft, storedReply, type ReplyTarget } from "../../storage/drafts.ts";
import { storedName } from "../../storage/identity.ts";
import { IconButton } from "../../ui/button.tsx";
import { lazyPart, onceShown, useLazy } from "../../ui/lazy.tsx";
import { useAttached } from "../files/use-attached.tsx";
import { firstLine } from "../formatting/first-line.ts";
import { MemberName, useMemberStyle } from "../presence/member.tsx";
import type { ParsedCommand } from "../shortcuts/commands.ts";
import { LazyShortcutsDialog } from "../shortcuts/lazy-shortcuts-dialog.tsx";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { AmendedMessage, EditedMessage } from "./changed-message.tsx";
import { changeLastOwn } from "./last-own.ts";
import { MessageInput } from "./message-input.tsx";
import { lengthOf, trimMessage } from "./message-length.ts";
import { useDraft } from "./use-draft.ts";

/** Fetched after the room is shown: it reads only what begins with a slash. */
const lazyCommands = lazyPart(onceShown(() => import("../shortcuts/commands.ts")));

/** The message input: for a new message, or for a new text of one's own message. */
export function Composer() {
  const composing = useRoom((state) => state.composing);
  const sentCount = useRoom((state) => state.sentCount);
  switch (composing.is) {
    case "new":
      return <NewMessage returned={sentCount > 0} replyTarget={undefined} />;
    case "replying":
      return <NewMessage returned={sentCount > 0} replyTarget={composing.to} />;
    case "amending":
      return <AmendedMessage key={composing.id} edit={composing} />;
    case "editing":
      return <EditedMessage key={composing.id} edit={composing} />;
    default:
      return unreachable(composing);
  }
}

const NOT_FETCHED = "The commands could not be fetched from the server. Try again.";

/** Input for a new message or a command. */
function NewMessage({
  returned,
  replyTarget,
}: {
  returned: boolean;
  /** The message that this one replies to. */
  replyTarget: ReplyTarget | undefined;
}) {
  const setComposing = useRoom((state) => state.setComposing);
  const { say, typing, rename } = useRoomActions();
  const roomNow = useRoomNow();
  const { roomId, conversations } = useOpenedRoom();
  const [text, setText] = useDraft(() => storedDraft(roomId));
  useEffect(() => storedReply(roomId).write(replyTarget), [roomId, replyTarget]);
  const [problem, setProblem] = useState<string>();
  const [help, setHelp] = useState(false);
  useShortcut("?", () => setHelp(true));
  const attached = useAttached({
    onProblem: setProblem,
    onReady: () => sendNow.current(trimMessage(textNow.current)),
  });

  const cancelReply = () => setComposing({ is: "new" });
  /** @returns why it could not be done */
  const perform = (asked: Exclude<ParsedCommand, { is: "private" }>): string | undefined => {
    switch (asked.is) {
      case "say": {
        const length = lengthOf(asked.text);
        if (length.is === "over") return length.why;
        const [first, ...others] = attached.take();
        say(asked.text || namesOf(first ?? []), replyTarget?.id, first);
        for (const more of others) say(namesOf(more), undefined, more);
        if (replyTarget) cancelReply();
        return undefined;
      }
      case "rename":
        rename(asked.name);
        storedName().write(asked.name);
        return undefined;
      case "help":
        setHelp(true);
        return undefined;
      case "refused":
        return asked.why;
      default:
        return unreachable(asked);
    }
  };
  const openPrivate = (written: string) =>
    void conversations.fetch().then(
      ({ openFor }) => settle(openFor(written)),
      () => setProblem(NOT_FETCHED),
    );
  const finish = (asked: ParsedCommand) =>
    asked.is === "private" ? openPrivate(asked.written) : settle(perform(asked));
  const settle = (why: string | undefined) => {
    setProblem(why);
    if (why !== undefined) return;
    typing(false);
    setText("");
  };

  useLazy(lazyCommands, true);
  const textNow = useRef(text);
  useLayoutEffect(() => {
    textNow.current = text;
  }, [text]);
  const sendNow = useRef<(message: string) => void>(() => undefined);
  const send = (message: string) => {
    if (!message.startsWith("/")) return finish({ is: "say", text: message });
    return void lazyCommands.fetch().then(
      // Text that was changed meanwhile is not sent.
      ({ readCommand }) => textNow.current === text && finish(readCommand(message)),
      () => setProblem(NOT_FETCHED),
    );
  };
  useLayoutEffect(() => {
    sendNow.current = send;
  });
  return (
    <>
      <MessageInput
        text={text}
        focusOnTouch={returned}
        problem={problem}
        withCommands
        focusAgain={replyTarget?.id}
        attaching={attached.attaching}
        onWrite={(next) => {
          setText(next);
          setProblem(undefined);
          typing(next.trim() !== "");
        }}
        onSend={send}
        {...(replyTarget && { onCancel: cancelReply })}
        above={
          <>
            {replyTarget && <ReplyChip to={replyTarget} onCancel={cancelReply} />}
            {attached.above}
          </>
        }
        onUp={() => {
          const { messages, outgoing, people } = roomNow();
          const composing = changeLastOwn(messages, outgoing, people?.self.id);
          if (composing) setComposing(composing);
        }}
      />
      <LazyShortcutsDialog open={help} onClose={() => setHelp(false)} />
    </>
  );
}

/** Above the box: the message that is replied to, and a button to cancel the reply. */
function ReplyChip({ to: { from, text }, onCancel }: { to: ReplyTarget; onCancel: () => void }) {
  return (
    <div
      style={useMemberStyle(from.id)}
      className="person mb-1.5 flex animate-appear items-center gap-2 rounded-md border-s-3 border-person bg-sunken py-1 pe-1 ps-3 text-sm"
    >
      <p className="min-w-0 grow truncate text-ink-soft">
        Replying to{" "}
        <span className="font-semibold text-person">
          <MemberName member={from} />
        </span>
        <span className="ms-2 text-ink-faint">
          <bdi>{firstLine(text)}</bdi>
        </span>
      </p>
      <IconButton label="Cancel reply" className="size-8! touch:size-11!" onClick={onCancel}>
        <IconX aria-hidden="true" size={16} stroke={1.8} />
      </IconButton>
    </div>
  );
}
