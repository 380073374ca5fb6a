import { memo } from "react";
import type { Message } from "../../room/message.ts";
import { useRoom } from "../../room/room-context.ts";
import { Reactions } from "./reactions.tsx";
import { SpeechRow } from "./speech-row.tsx";
import { Speech, TakenBack } from "./speech.tsx";

/** A message of the log. */
export const MessageRow = memo(function MessageRow({
  message: { body, from, at, reactions },
  opens,
}: {
  message: Message;
  opens: boolean;
}) {
  const mine = useRoom(({ people }) => people?.self.id === from.id);
  return (
    <SpeechRow
      from={from}
      at={at}
      mine={mine}
      opens={opens}
      below={reactions.length > 0 && <Reactions reactions={reactions} />}
    >
      {body.is === "deleted" ? (
        <TakenBack />
      ) : (
        <Speech text={body.text} mine={mine} opens={opens} edited={body.editedAt} />
      )}
    </SpeechRow>
  );
});
