import { IconX } from "@tabler/icons-react";
import { useEffect, useEffectEvent } from "react";
import { captionOf, filesOf, namesOf } from "../../room/message.ts";
import { isDeleted } from "../../room/pending-changes.ts";
import type { RoomState } from "../../room/store.ts";
import { useRoom, useRoomActions, useRoomId, useRoomNow } from "../../room/use-room.ts";
import { composingNew } from "../../room/writing-slice.ts";
import { storedDraft, storedEdit, storedReply, type EditTarget } from "../../storage/drafts.ts";
import { IconButton } from "../../ui/button.tsx";
import { MessageInput } from "./message-input.tsx";
import { useDraft } from "./use-draft.ts";

interface EditProps {
  readonly edit: EditTarget;
  /** Called with a notice if the message was deleted, and is not edited any more. */
  readonly onDeleted: (notice: string) => void;
}

/** Input for the new text of a refused message. */
export function AmendedMessage({ edit, onDeleted }: EditProps) {
  const { id } = edit;
  const { amend, say } = useRoomActions();
  const waits = useRoom(({ outgoing }) => outgoing.some((each) => each.id === id));
  return (
    <ChangedMessage
      edit={edit}
      onDeleted={onDeleted}
      title="Editing a message that was not sent"
      onSend={(text) => (waits ? amend(id, text) : say(text))}
    />
  );
}

/** Input for the new text of a sent message. */
export function EditedMessage({ edit, onDeleted }: EditProps) {
  const actions = useRoomActions();
  return (
    <ChangedMessage
      edit={edit}
      onDeleted={onDeleted}
      title="Editing your message"
      onSend={(text) => {
        if (text !== edit.text) actions.edit(edit.id, text);
      }}
    />
  );
}

function ChangedMessage({
  edit,
  onDeleted,
  title,
  onSend,
}: EditProps & {
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
  useEndIfDeleted(edit, text, (notice) => {
    onDeleted(notice);
    done();
  });
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

/**
 * Ends an edit if its message is deleted. What was written is added to the room's draft.
 * @param end called with a notice
 */
function useEndIfDeleted(
  { id, text: given }: EditTarget,
  text: string,
  end: (notice: string) => void,
) {
  const roomId = useRoomId();
  const roomNow = useRoomNow();
  const isGone = useRoom((state) => isDeleted(state, id));
  const leave = useEffectEvent(() => {
    if (!isEdited(roomNow(), id)) return;
    const isChanged = text !== given && text.trim() !== "";
    if (isChanged) addToDraft(roomId, text);
    end(`The message was deleted.${isChanged ? " Your new text is kept here." : ""}`);
  });
  useEffect(() => {
    if (isGone) leave();
  }, [isGone]);
}

function isEdited({ composing }: Pick<RoomState, "composing">, id: string): boolean {
  return "id" in composing && composing.id === id;
}

function addToDraft(roomId: string, text: string): void {
  const { read, write } = storedDraft(roomId);
  const before = read();
  write(before === "" ? text : `${before}\n${text}`);
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
      const { read, write } = storedEdit(roomId);
      if (!isEdited(roomNow(), id) && read()?.id === id) write(undefined);
    },
    [roomNow, roomId, id],
  );
  return draft;
}
