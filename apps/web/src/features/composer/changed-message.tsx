import { IconX } from "@tabler/icons-react";
import { useEffect } from "react";
import { captionOf, filesOf, namesOf } from "../../room/message.ts";
import { useRoom, useRoomActions, useRoomId, useRoomNow } from "../../room/use-room.ts";
import { composingNew } from "../../room/writing-slice.ts";
import { storedEdit, storedReply, type EditTarget } from "../../storage/drafts.ts";
import { IconButton } from "../../ui/button.tsx";
import { MessageInput } from "./message-input.tsx";
import { useDraft } from "./use-draft.ts";

/** Input for the new text of a refused message. */
export function AmendedMessage({ edit }: { edit: EditTarget }) {
  const { id } = edit;
  const { amend, say } = useRoomActions();
  const waits = useRoom(({ outgoing }) => outgoing.some((each) => each.id === id));
  return (
    <ChangedMessage
      edit={edit}
      title="Editing a message that was not sent"
      onSend={(text) => (waits ? amend(id, text) : say(text))}
    />
  );
}

/** Input for the new text of a sent message. */
export function EditedMessage({ edit }: { edit: EditTarget }) {
  const actions = useRoomActions();
  return (
    <ChangedMessage
      edit={edit}
      title="Editing your message"
      onSend={(text) => {
        if (text !== edit.text) actions.edit(edit.id, text);
      }}
    />
  );
}

function ChangedMessage({
  edit,
  title,
  onSend,
}: {
  edit: EditTarget;
  title: string;
  onSend: (text: string) => void;
}) {
  const setComposing = useRoom((state) => state.setComposing);
  const files = useRoom((state) => filesOf(state, edit.id));
  const [text, setText] = useEditDraft(edit, () =>
    captionOf({ is: "said", text: edit.text, ...(files && { files }) }),
  );
  const roomId = useRoomId();
  // A reply that was begun before the edit goes on.
  const done = () => setComposing(composingNew(storedReply(roomId).read()));
  return (
    <MessageInput
      text={text}
      emptyText={namesOf(files ?? [])}
      whenEmpty="A message cannot be empty. Its menu can remove it."
      focusOnTouch
      onWrite={setText}
      onSend={(message) => {
        onSend(message);
        done();
      }}
      onCancel={done}
      above={
        <div className="flex items-center justify-between gap-2 ps-2 text-sm text-ink-soft">
          {title}
          <IconButton label="Cancel editing" className="size-8" onClick={done}>
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        </div>
      }
    />
  );
}

/** The new text of a message. It is stored until the edit ends. */
function useEditDraft(edit: EditTarget, given: () => string) {
  const { id } = edit;
  const roomId = useRoomId();
  const roomNow = useRoomNow();
  const draft = useDraft(() => {
    const { read, write } = storedEdit(roomId);
    return {
      read: () => {
        const before = read();
        return before?.id === id ? before.written : given();
      },
      write: (written) => write({ ...edit, written }),
    };
  });
  // After useDraft has stored what was still to be stored.
  useEffect(
    () => () => {
      const { composing } = roomNow();
      const goesOn = "id" in composing && composing.id === id;
      const { read, write } = storedEdit(roomId);
      if (!goesOn && read()?.id === id) write(undefined);
    },
    [roomNow, roomId, id],
  );
  return draft;
}
