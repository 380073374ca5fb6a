import { unreachable } from "@parley/protocol";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { namesOf } from "../../room/message.ts";
import { useOpenedRoom, useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import { composingNew } from "../../room/writing-slice.ts";
import { storedDraft, storedReply, type ReplyTarget } from "../../storage/drafts.ts";
import { storedName } from "../../storage/identity.ts";
import { lazyComponent, LazyDialog, lazyPart, onceShown, useLazy } from "../../ui/lazy.tsx";
import { useAttached } from "../files/use-attached.tsx";
import type { ParsedCommand } from "../shortcuts/commands.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { AmendedMessage, EditedMessage } from "./changed-message.tsx";
import { changeLastOwn } from "./last-own.ts";
import { MessageInput } from "./message-input.tsx";
import { lengthOf, trimMessage } from "./message-length.ts";
import { useDraft } from "./use-draft.ts";
import { IconX } from "@tabler/icons-react";
import { isDeleted } from "../../room/pending-changes.ts";
import { IconButton } from "../../ui/button.tsx";
import { firstLine } from "../formatting/one-line.ts";
import { MemberName, useMemberStyle } from "../presence/member.tsx";

/** Fetched after the room is shown: it reads only what begins with a slash. */
const lazyCommands = lazyPart(onceShown(() => import("../shortcuts/commands.ts")));

/** The message input: for a new message, or for a new text of one's own message. */
export function Composer() {
  const composing = useRoom((state) => state.composing);
  const sentCount = useRoom((state) => state.sentCount);
  const [problem, setProblem] = useState<string>();
  const input = { returned: sentCount > 0, problem, onProblem: setProblem };
  switch (composing.is) {
    case "new":
      return <NewMessage {...input} replyTarget={undefined} />;
    case "replying":
      return <NewMessage {...input} replyTarget={composing.to} />;
    case "amending":
      return <AmendedMessage key={composing.id} edit={composing} onDeleted={setProblem} />;
    case "editing":
      return <EditedMessage key={composing.id} edit={composing} onDeleted={setProblem} />;
    default:
      return unreachable(composing);
  }
}

const NOT_FETCHED = "The commands could not be fetched from the server. Try again.";

/** Input for a new message or a command. */
function NewMessage({
  returned,
  problem,
  onProblem: setProblem,
  replyTarget,
}: {
  returned: boolean;
  /** Why the text was not sent. */
  problem: string | undefined;
  onProblem: (problem: string | undefined) => void;
  /** The message that this one replies to. */
  replyTarget: ReplyTarget | undefined;
}) {
  const setComposing = useRoom((state) => state.setComposing);
  const { say, typing, rename } = useRoomActions();
  const roomNow = useRoomNow();
  const { roomId, conversations } = useOpenedRoom();
  const [text, setText] = useDraft(() => storedDraft(roomId));
  useEffect(() => storedReply(roomId).write(replyTarget), [roomId, replyTarget]);
  useEffect(() => {
    const reply = storedReply(roomId);
    return reply.watch(() => setComposing(composingNew(reply.read())));
  }, [roomId, setComposing]);
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
function ReplyChip({
  to: { id, from, text },
  onCancel,
}: {
  to: ReplyTarget;
  onCancel: () => void;
}) {
  const isGone = useRoom((state) => isDeleted(state, id));
  return (
    <div
      style={useMemberStyle(from.id)}
      className="person mb-1.5 flex animate-appear items-center gap-2 rounded-md border-s-3 border-person bg-sunken py-1 pe-1 ps-3 text-sm"
    >
      {/* Two lines on a phone, where a long name would hide the message. */}
      <p className="min-w-0 grow truncate text-ink-soft *:max-sm:block *:max-sm:truncate">
        <span>
          Replying to{" "}
          <span className="font-semibold text-person">
            <MemberName member={from} />
          </span>
        </span>
        <span className="text-ink-faint sm:ms-2">
          {isGone ? <i>Message deleted</i> : <bdi>{firstLine(text)}</bdi>}
        </span>
      </p>
      <IconButton label="Cancel reply" className="size-8! touch:size-11!" onClick={onCancel}>
        <IconX aria-hidden="true" size={16} stroke={1.8} />
      </IconButton>
    </div>
  );
}

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const ShortcutsDialog = lazyComponent<DialogProps>(
  async () => (await import("../shortcuts/shortcuts-dialog.tsx")).ShortcutsDialog,
  ({ open, onClose }) => (
    <LazyDialog open={open} onClose={onClose} title="Shortcuts and commands">
      <p className="text-sm text-caution">The list could not be fetched.</p>
    </LazyDialog>
  ),
);

/** The list of keys and commands, fetched when it is opened. */
function LazyShortcutsDialog(props: DialogProps) {
  const [isWanted, setIsWanted] = useState(props.open);
  if (props.open && !isWanted) setIsWanted(true);
  return isWanted && <ShortcutsDialog {...props} />;
}
