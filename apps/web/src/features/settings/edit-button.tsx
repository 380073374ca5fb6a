import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { IconButton } from "../../ui/button.tsx";
import { LazyDialog } from "../../ui/lazy.tsx";
import { LazyRoomForm } from "./lazy-settings.tsx";

/** Opens the form for the room's name and topic. */
export function EditRoomButton() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <IconButton
        label="Edit name and topic"
        className="size-8! touch:size-11!"
        onClick={() => setOpen(true)}
      >
        <IconPencil aria-hidden="true" size={18} stroke={1.8} />
      </IconButton>
      <LazyDialog open={open} onClose={close} title="Name and topic">
        <LazyRoomForm onDone={close} />
      </LazyDialog>
    </>
  );
}
