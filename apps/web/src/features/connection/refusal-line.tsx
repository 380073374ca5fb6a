import { IconX } from "@tabler/icons-react";
import { useRoom } from "../../room/room-context.ts";
import { IconButton } from "../../ui/icon-button.tsx";

/** Something other than a message was refused, such as a new name. */
export function RefusalLine() {
  const refusal = useRoom((state) => state.refusal);
  const dismiss = useRoom((state) => state.dismissRefusal);
  return (
    <div role="alert">
      {refusal && (
        <div className="mx-auto flex w-full max-w-3xl items-center gap-3 px-4 text-sm text-danger sm:px-7">
          <p className="grow">{refusal.message}</p>
          <IconButton label="Dismiss" onClick={dismiss}>
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        </div>
      )}
    </div>
  );
}
