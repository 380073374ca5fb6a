import { unreachable } from "@parley/protocol";
import { useEffect, useState } from "react";
import { keepDraftAnswers } from "../../storage/drafts.ts";
import { rememberName } from "../../storage/identity.ts";
import { useRoom, useRoomActions, useRoomId, useRoomNow } from "../../room/room-context.ts";
import type { Answered } from "../../room/view.ts";
import { ReplyChip } from "./reply-chip.tsx";
import { LazyShortcutsDialog } from "../shortcuts/lazy-shortcuts-dialog.tsx";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { readCommand } from "../shortcuts/commands.ts";
import { changeLastOwn } from "./last-own.ts";
import { lengthOf } from "./message-length.ts";
import { useDraft } from "./use-draft.ts";
import { WritingBox } from "./message-input.tsx";

/** Something new to say, or a command. */
export function NewMessage({
  returned,
  answered,
}: {
  returned: boolean;
  /** The message that this one answers. */
  answered: Answered | undefined;
}) {
  const setComposing = useRoom((state) => state.setComposing);
  const { say, typing, rename } = useRoomActions();
  const roomNow = useRoomNow();
  const roomId = useRoomId();
  const [text, setText] = useDraft(roomId);
  useEffect(() => keepDraftAnswers(roomId, answered), [roomId, answered]);
  const [problem, setProblem] = useState<string>();
  const [help, setHelp] = useState(false);
  useShortcut("?", () => setHelp(true));

  const answerNone = () => setComposing({ is: "new" });
  /** @returns why it could not be done */
  const perform = (message: string): string | undefined => {
    const asked = readCommand(message);
    switch (asked.is) {
      case "say": {
        const length = lengthOf(asked.text);
        if (length.is === "over") return length.why;
        say(asked.text, answered?.id);
        if (answered) answerNone();
        return undefined;
      }
      case "rename":
        rename(asked.name);
        rememberName(asked.name);
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
  return (
    <>
      <WritingBox
        text={text}
        focusOnTouch={returned}
        problem={problem}
        withCommands
        focusAgain={answered?.id}
        onWrite={(next) => {
          setText(next);
          setProblem(undefined);
          typing(next.trim() !== "");
        }}
        onSend={(message) => {
          const why = perform(message);
          setProblem(why);
          if (why !== undefined) return;
          typing(false);
          setText("");
        }}
        {...(answered && {
          onCancel: answerNone,
          above: <ReplyChip to={answered} onCancel={answerNone} />,
        })}
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
