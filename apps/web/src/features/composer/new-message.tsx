import { unreachable } from "@parley/protocol";
import { useState } from "react";
import { rememberName } from "../../remember/identity.ts";
import { useRoomActions, useRoomId, useRoomNow } from "../../room/room-context.ts";
import { ShortcutsDialog } from "../shortcuts/shortcuts-dialog.tsx";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { readCommand } from "./commands.ts";
import { changeLastOwn } from "./last-own.ts";
import { lengthOf } from "./message-length.ts";
import { useDraft } from "./use-draft.ts";
import { WritingBox } from "./writing-box.tsx";

/** Something new to say, or a command. */
export function NewMessage({ returned }: { returned: boolean }) {
  const { say, typing, rename } = useRoomActions();
  const roomNow = useRoomNow();
  const [text, setText] = useDraft(useRoomId());
  const [problem, setProblem] = useState<string>();
  const [help, setHelp] = useState(false);
  useShortcut("?", () => setHelp(true));

  /** @returns why it could not be done */
  const perform = (message: string): string | undefined => {
    const asked = readCommand(message);
    switch (asked.is) {
      case "say": {
        const length = lengthOf(asked.text);
        if (length.is === "over") return length.why;
        say(asked.text);
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
        onUp={() => {
          const { messages, outgoing, people, setComposing } = roomNow();
          const composing = changeLastOwn(messages, outgoing, people?.self.id);
          if (composing) setComposing(composing);
        }}
      />
      <ShortcutsDialog open={help} onClose={() => setHelp(false)} />
    </>
  );
}
