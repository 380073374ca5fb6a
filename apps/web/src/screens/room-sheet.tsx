import { useState } from "react";
import { IconDoorExit } from "@tabler/icons-react";
import { LazySettingsForm } from "../features/notifications/lazy-notifications.tsx";
import { LazyRoomForm } from "../features/settings/lazy-settings.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ThemeSwitch } from "../ui/theme-switch.tsx";

/**
 * On narrow screens, a drawer with what the header has no space for: name, notifications, theme,
 * leave.
 */
export function RoomSheet({
  open,
  onClose,
  onLeave,
}: {
  open: boolean;
  onClose: () => void;
  onLeave: () => void;
}) {
  const [isNaming, setIsNaming] = useState(false);
  const close = () => {
    setIsNaming(false);
    onClose();
  };
  if (isNaming) {
    return (
      <Dialog open={open} onClose={close} title="Name and topic" shape="drawer">
        <LazyRoomForm onDone={close} />
      </Dialog>
    );
  }
  return (
    <Dialog open={open} onClose={close} title="Room" shape="drawer">
      <div className="grid gap-4">
        <Button onClick={() => setIsNaming(true)}>Edit name and topic</Button>
        <div className="border-t border-line pt-3">
          <LazySettingsForm />
        </div>
        <div className="flex items-center justify-between border-t border-line pt-2 text-sm text-ink-soft">
          Theme
          <ThemeSwitch />
        </div>
      </div>
      <Button className="mt-auto shrink-0" onClick={onLeave}>
        <IconDoorExit aria-hidden="true" size={20} stroke={1.8} />
        Leave room
      </Button>
    </Dialog>
  );
}
