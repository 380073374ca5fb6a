import { IconBell, IconBellOff, IconBellRinging } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { useRoomId } from "../../room/use-room.ts";
import { IconButton } from "../../ui/button.tsx";
import { closeByTapElsewhere } from "../../ui/popup.tsx";
import { LazySettingsForm } from "./lazy-notifications.tsx";
import { useNotificationSettings } from "./settings.ts";

/** Opens the notification settings. Escape or a click elsewhere closes them. */
export function BellButton({ className }: { className: string }) {
  const panel = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open || !box.current) return undefined;
    const ended = new AbortController();
    closeByTapElsewhere(box.current, ended.signal);
    return () => ended.abort();
  }, [open]);
  const [{ muted, notify, sound }] = useNotificationSettings();
  const isMuted = muted.includes(useRoomId());
  const Bell = isMuted ? IconBellOff : notify !== "nothing" || sound ? IconBellRinging : IconBell;
  return (
    <>
      <IconButton
        label={isMuted ? "Notifications, muted" : "Notifications"}
        tip="Notifications"
        popoverTarget={panel}
        className={className}
      >
        <Bell aria-hidden="true" size={20} stroke={1.8} />
      </IconButton>
      <div
        ref={box}
        id={panel}
        popover="auto"
        role="dialog"
        aria-label="Notifications"
        onToggle={({ newState }) => setOpen(newState === "open")}
        className="inset-auto min-h-52 top-15 end-[max(0.5rem,var(--spacing-device))] m-0 w-72 max-w-[calc(100vw-1rem)] animate-rise rounded-md bg-raised px-4 py-3 text-ink shadow-high ring-1 ring-line"
      >
        {open && <LazySettingsForm />}
      </div>
    </>
  );
}
