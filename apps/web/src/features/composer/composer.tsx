import { unreachable } from "@parley/protocol";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useRoom, useRoomActions, useRoomId } from "../../room/room-context.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useDraft } from "./use-draft.ts";
import { WritingBox } from "./writing-box.tsx";

/** Where one writes: something new, or another text for a message that was refused. */
export function Composer() {
  const composing = useRoom((state) => state.composing);
  const said = useRoom((state) => state.said);
  switch (composing.is) {
    case "new":
      return <NewMessage returned={said > 0} />;
    case "amending":
      return <AmendedMessage key={composing.id} id={composing.id} given={composing.text} />;
    default:
      return unreachable(composing);
  }
}

function NewMessage({ returned }: { returned: boolean }) {
  const { say, typing } = useRoomActions();
  const [text, setText] = useDraft(useRoomId());
  return (
    <WritingBox
      text={text}
      focusOnTouch={returned}
      onWrite={(next) => {
        setText(next);
        typing(next.trim() !== "");
      }}
      onSend={(message) => {
        say(message);
        typing(false);
        setText("");
      }}
    />
  );
}

function AmendedMessage({ id, given }: { id: string; given: string }) {
  const { amend, say } = useRoomActions();
  const setComposing = useRoom((state) => state.setComposing);
  const waits = useRoom(({ outgoing }) => outgoing.some((each) => each.id === id));
  const [text, setText] = useState(given);
  const done = () => setComposing({ is: "new" });
  return (
    <WritingBox
      text={text}
      focusOnTouch
      onWrite={setText}
      onSend={(message) => {
        if (waits) amend(id, message);
        else say(message);
        done();
      }}
      onCancel={done}
      above={
        <div className="flex items-center justify-between gap-2 pl-2 text-sm text-ink-soft">
          Editing a message that was not sent
          <IconButton label="Cancel editing" className="size-8" onClick={done}>
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        </div>
      }
    />
  );
}
