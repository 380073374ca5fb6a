import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useRoom, useRoomActions } from "../../room/room-context.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { WritingBox } from "./message-input.tsx";

/** Another text for a message that was refused. */
export function AmendedMessage({ id, given }: { id: string; given: string }) {
  const { amend, say } = useRoomActions();
  const waits = useRoom(({ outgoing }) => outgoing.some((each) => each.id === id));
  return (
    <ChangedMessage
      given={given}
      title="Editing a message that was not sent"
      onSend={(text) => (waits ? amend(id, text) : say(text))}
    />
  );
}

/** Another text for a message that was sent. */
export function EditedMessage({ target, given }: { target: string; given: string }) {
  const { edit } = useRoomActions();
  return (
    <ChangedMessage
      given={given}
      title="Editing your message"
      onSend={(text) => {
        if (text !== given) edit(target, text);
      }}
    />
  );
}

function ChangedMessage({
  given,
  title,
  onSend,
}: {
  given: string;
  title: string;
  onSend: (text: string) => void;
}) {
  const setComposing = useRoom((state) => state.setComposing);
  const [text, setText] = useState(given);
  const done = () => setComposing({ is: "new" });
  return (
    <WritingBox
      text={text}
      focusOnTouch
      onWrite={setText}
      onSend={(message) => {
        onSend(message);
        done();
      }}
      onCancel={done}
      above={
        <div className="flex items-center justify-between gap-2 pl-2 text-sm text-ink-soft">
          {title}
          <IconButton label="Cancel editing" className="size-8" onClick={done}>
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        </div>
      }
    />
  );
}
