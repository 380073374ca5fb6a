import { unreachable } from "@parley/protocol";
import { useRoom } from "../../room/room-context.ts";
import { AmendedMessage, EditedMessage } from "./changed-message.tsx";
import { NewMessage } from "./new-message.tsx";

/** Where one writes: something new, or another text for a message of one's own. */
export function Composer() {
  const composing = useRoom((state) => state.composing);
  const said = useRoom((state) => state.said);
  switch (composing.is) {
    case "new":
      return <NewMessage returned={said > 0} answered={undefined} />;
    case "replying":
      return <NewMessage returned={said > 0} answered={composing.to} />;
    case "amending":
      return <AmendedMessage key={composing.id} id={composing.id} given={composing.text} />;
    case "editing":
      return (
        <EditedMessage key={composing.target} target={composing.target} given={composing.text} />
      );
    default:
      return unreachable(composing);
  }
}
