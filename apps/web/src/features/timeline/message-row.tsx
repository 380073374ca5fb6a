import { memo } from "react";
import type { Message } from "../../room/message.ts";
import { pendingChangesOf } from "../../room/pending-changes.ts";
import { pendingEditOf } from "../../room/pending-edit.ts";
import { useRoom } from "../../room/room-context.ts";
import { usePointed } from "../actions/pointed.ts";
import { Quote } from "../actions/quote.tsx";
import { ReactionList } from "../actions/reaction-list.tsx";
import { rowKey } from "../actions/row-key.ts";
import { LineTools } from "../actions/line-tools.tsx";
import { UndoDeletion } from "../actions/undo-deletion.tsx";
import { Delivery } from "./outgoing-row.tsx";
import { PendingEditState } from "./pending-edit-state.tsx";
import { SpeechRow } from "./speech-row.tsx";
import { Speech, TakenBack } from "./speech.tsx";

/** A message of the log. */
export const MessageRow = memo(function MessageRow({
  message,
  opens,
}: {
  message: Message;
  opens: boolean;
}) {
  const { id, seq, body, from, at, replyTo, reactions } = message;
  const row = rowKey(from.id, id);
  const mine = useRoom(({ people }) => people?.self.id === from.id);
  const edit = useRoom(({ outgoing }) =>
    mine ? pendingEditOf(outgoing, id)?.outgoing : undefined,
  );
  const edited = useRoom(({ outgoing }) => (mine ? pendingEditOf(outgoing, id)?.text : undefined));
  const deletion = useRoom(({ outgoing }) =>
    mine ? pendingChangesOf(outgoing, id).deletion : undefined,
  );
  const isUndoable = useRoom(({ takingBack }) => mine && takingBack.has(id));
  const found = useRoom(({ sought }) => sought.is === "found" && sought.seq === seq);
  const isReactedTo = useRoom(
    ({ outgoing }) => reactions.length > 0 || pendingChangesOf(outgoing, id).reactions.size > 0,
  );
  const isPointed = usePointed((pointed) => pointed.row === row);
  const isThere = body.is === "said" && !deletion && !isUndoable;
  return (
    <SpeechRow
      from={from}
      at={at}
      mine={mine}
      opens={opens}
      line={{
        row,
        found,
        tools: isThere && <LineTools row={row} mine={mine} message={message} />,
      }}
      below={
        (isReactedTo || edit !== undefined || deletion !== undefined) && (
          <div className="min-w-0">
            {isThere && isReactedTo && <ReactionList message={message} reachable={isPointed} />}
            {isThere && edit && <PendingEditState edit={edit} />}
            {deletion && <Delivery outgoing={deletion} onEdit={() => undefined} />}
          </div>
        )
      }
    >
      {isThere ? (
        <Speech
          text={edited ?? body.text}
          mine={mine}
          opens={opens}
          edited={body.editedAt}
          quote={replyTo && <Quote answers={replyTo} reachable={isPointed} />}
        />
      ) : (
        <TakenBack>{isUndoable && <UndoDeletion id={id} />}</TakenBack>
      )}
    </SpeechRow>
  );
});
