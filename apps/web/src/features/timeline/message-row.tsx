import { memo } from "react";
import type { Message } from "../../room/message.ts";
import { pendingEditOf } from "../../room/pending-edit.ts";
import { useRoom } from "../../room/room-context.ts";
import { PendingEditState } from "./pending-edit-state.tsx";
import { Reactions } from "./reactions.tsx";
import { SpeechRow } from "./speech-row.tsx";
import { Speech, TakenBack } from "./speech.tsx";

/** A message of the log. */
export const MessageRow = memo(function MessageRow({
  message: { id, body, from, at, reactions },
  opens,
}: {
  message: Message;
  opens: boolean;
}) {
  const mine = useRoom(({ people }) => people?.self.id === from.id);
  const edit = useRoom(({ outgoing }) => pendingEditOf(outgoing, id)?.outgoing);
  const edited = useRoom(({ outgoing }) => pendingEditOf(outgoing, id)?.text);
  return (
    <SpeechRow
      from={from}
      at={at}
      mine={mine}
      opens={opens}
      below={
        (reactions.length > 0 || edit) && (
          <div className="min-w-0">
            {reactions.length > 0 && <Reactions reactions={reactions} />}
            {edit && <PendingEditState edit={edit} />}
          </div>
        )
      }
    >
      {body.is === "deleted" ? (
        <TakenBack />
      ) : (
        <Speech text={edited ?? body.text} mine={mine} opens={opens} edited={body.editedAt} />
      )}
    </SpeechRow>
  );
});
