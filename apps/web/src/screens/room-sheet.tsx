import { useId, useState } from "react";
import { IconDoorExit, IconWebhook } from "@tabler/icons-react";
import { LazyHooksPanel } from "../features/hooks/hooks-button.tsx";
import { LazySettingsForm } from "../features/notifications/lazy-notifications.tsx";
import { LazyRoomForm } from "../features/settings/lazy-settings.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import { storedDensity, type Density } from "../storage/appearance.ts";

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
  const [shown, setShown] = useState<"options" | "name" | "hooks">("options");
  const close = () => {
    setShown("options");
    onClose();
  };
  if (shown === "hooks") {
    return (
      <Dialog open={open} onClose={close} title="Hooks" shape="drawer">
        <LazyHooksPanel />
      </Dialog>
    );
  }
  if (shown === "name") {
    return (
      <Dialog open={open} onClose={close} title="Name and topic" shape="drawer">
        <LazyRoomForm onDone={close} />
      </Dialog>
    );
  }
  return (
    <Dialog open={open} onClose={close} title="Room" shape="drawer">
      <div className="grid gap-4">
        <Button onClick={() => setShown("name")}>Edit name and topic</Button>
        <Button onClick={() => setShown("hooks")}>
          <IconWebhook aria-hidden="true" size={20} stroke={1.8} />
          Hooks
        </Button>
        <div className="border-t border-line pt-3">
          <LazySettingsForm />
        </div>
        <div className="border-t border-line pt-3">
          <DensitySwitch />
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

const choices: readonly (readonly [Density, string])[] = [
  ["comfortable", "Comfortable"],
  ["compact", "Compact"],
];

/** Chooses how close messages stand, in this browser. */
function DensitySwitch() {
  const group = useId();
  const [chosen, setChosen] = useState(() => storedDensity().read());
  const choose = (density: Density) => {
    storedDensity().write(density);
    setChosen(density);
    document.documentElement.dataset["density"] = density;
  };
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold text-ink-soft">Messages</legend>
      {choices.map(([density, words]) => (
        <label
          key={density}
          className="-mx-2 flex min-h-9 items-center gap-3 rounded-sm px-2 hover:bg-hover touch:min-h-11"
        >
          <input
            type="radio"
            name={group}
            checked={chosen === density}
            onChange={() => choose(density)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
