import type { Outgoing } from "@parley/client";
import { useRoom } from "../../room/room-context.ts";
import { Delivery } from "./outgoing-row.tsx";

/** Where an edit stands that is shown already and not acknowledged yet. */
export function PendingEditState({ edit }: { edit: Outgoing }) {
  const setComposing = useRoom((state) => state.setComposing);
  const { frame } = edit;
  if (frame.type !== "edit") return null;
  const { target, message } = frame.payload;
  return (
    <Delivery
      outgoing={edit}
      onEdit={() => setComposing({ is: "editing", target, text: message })}
    />
  );
}
